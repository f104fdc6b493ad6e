# Shows: files in a set-group-id folder take its group; folders also its bit.
cd /tmp; mkdir d; chown 0:5 d; chmod 2775 d; : >d/f; mkdir d/e; stat -c '%g %a' d/f d/e
