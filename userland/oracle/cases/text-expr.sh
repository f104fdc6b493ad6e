# Shows: expr's arithmetic, comparison, matches, strings and statuses.
expr 1 + 2; expr 7 / 2; expr 7 % 3; expr 2 '*' 3; expr 5 - 8; expr 3 '<' 5; expr a = a; expr a '>' b; echo $?; expr length hello; expr substr hello 2 3; expr index hello l; expr hello : 'h\(.*\)o'; expr hello : 'hel'; expr 0; echo $?; expr '(' 1 + 2 ')' '*' 3; expr 1 '|' 0; expr 0 '&' 1; echo $?; expr 1 / 0; echo $?; expr x + 1; echo $?; expr 9223372036854775807 + 0; expr
echo $?
