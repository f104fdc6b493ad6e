# Shows: unxz and unlzma of a file made elsewhere.
cd /tmp; base64 -d >h.xz <<'X'
/Td6WFoAAATm1rRGBMAKBiEBHAAAAAAAAAAPU8v3AQAFaGVsbG8KAAAAAKO6ZKd+mdVfAAEiBqAvJxYftvN9AQAAAAAEWVo=
X
unxz -c h.xz; echo $?; echo junk | unxz; echo $?
