-- Wireshark dissector of captures of `atoll trace --pcap`; see docs/reference/tracing.md.
-- Use: wireshark -X lua_script:userland/wireshark/atoll.lua trace.pcap

local atoll = Proto("atoll", "Atoll messages")

local kinds = {
  [1] = "request", [2] = "answer", [3] = "message", [4] = "notify", [5] = "cancel",
  [16] = "alarm", [17] = "hypercall", [18] = "name",
}

-- Numbers of calls by protocol; docs/reference/ipc.md has their names.
local protocols = {
  [1] = "kernel", [2] = "process", [3] = "pm", [4] = "vm", [5] = "vfs", [6] = "fs",
  [7] = "console", [8] = "rs", [9] = "device", [10] = "tty",
}

local f = {
  node = ProtoField.uint16("atoll.node", "Node"),
  kind = ProtoField.uint8("atoll.kind", "Kind", base.DEC, kinds),
  destination = ProtoField.int32("atoll.destination", "Destination"),
  request = ProtoField.uint64("atoll.request", "Request", base.HEX),
  source = ProtoField.int32("atoll.source", "Source"),
  type = ProtoField.uint32("atoll.type", "Type", base.HEX, nil, 0x7fffffff),
  bytes = ProtoField.uint32("atoll.bytes", "Bytes of payload"),
  room = ProtoField.uint32("atoll.room", "Room for an answer"),
  text = ProtoField.string("atoll.text", "Text"),
}
local fields = {}
for _, field in pairs(f) do
  fields[#fields + 1] = field
end
local words = {}
for i = 0, 6 do
  words[i] = ProtoField.int64("atoll.w" .. i, "Word " .. i)
  fields[#fields + 1] = words[i]
end
atoll.fields = fields

local names = {}

local function task(endpoint)
  return names[endpoint] or tostring(endpoint)
end

function atoll.init()
  names = {}
end

function atoll.dissector(buffer, pinfo, tree)
  local frame = 8
  local kind = buffer(frame, 1):uint()
  local destination = buffer(frame + 4, 4):le_int()
  local source = buffer(frame + 16, 4):le_int()
  local type = bit.band(buffer(frame + 20, 4):le_uint(), 0x7fffffff)
  local top = tree:add(atoll, buffer(), "Atoll " .. (kinds[kind] or kind))
  top:add_le(f.node, buffer(0, 2))
  top:add_le(f.kind, buffer(frame, 1))
  top:add_le(f.destination, buffer(frame + 4, 4)):append_text(" (" .. task(destination) .. ")")
  top:add_le(f.request, buffer(frame + 8, 8))
  top:add_le(f.source, buffer(frame + 16, 4)):append_text(" (" .. task(source) .. ")")
  top:add_le(f.type, buffer(frame + 20, 4))
  for i = 0, 6 do
    top:add_le(words[i], buffer(frame + 24 + 8 * i, 8))
  end
  top:add_le(f.bytes, buffer(frame + 80, 4))
  top:add_le(f.room, buffer(frame + 84, 4))
  if kind >= 17 and buffer:len() > frame + 88 then
    top:add(f.text, buffer(frame + 88))
    if kind == 18 then
      names[destination] = buffer(frame + 88):string()
    end
  end
  pinfo.cols.protocol = "ATOLL"
  pinfo.cols.src = "n" .. buffer(0, 2):le_uint() .. " " .. task(source)
  pinfo.cols.dst = task(destination)
  local protocol = protocols[math.floor(type / 256)] or "own"
  pinfo.cols.info = string.format("%s %s 0x%x", kinds[kind] or kind, protocol, type)
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, atoll)
