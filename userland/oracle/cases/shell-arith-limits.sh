# Shows: 64-bit wrap-around, the most negative number, division by zero.
echo $((9223372036854775807)) $((9223372036854775807+1)) $((-9223372036854775808)) $((-9223372036854775807-1))
echo $((9223372036854775807*2)) $((1<<63)) $((1<<62<<1>>63))
(echo $((1/0)); echo not reached); echo "status $?"
(echo $((5%0))); echo "status $?"
echo $((0xffffffffffffffff)) $((0x7fffffffffffffff))
(echo $((1+)) ) ; echo "status $?"
