# Shows: jobs, %n, and the table after the end of a job.
# stderr: any
sleep 5 & sleep 6 & jobs | sed 's/ \{2,\}/ /g; s/ *$//'; kill %1; wait %1; echo $?; kill %2; wait %2; echo $?; jobs | wc -l
