# Shows: an unlinked file lives on while it is open; its name can be used again.
cd /tmp; echo content >f; exec 3<f 4>>f; rm f; ls; echo more >&4; cat <&3; echo new >f; cat f; cat <&3; exec 3<&- 4>&-; ls
