%% A peer of Atoll's calls: a call as gen_server makes it (a message with a fresh reference, and its
%% answer) of 64 bytes between two processes of one Erlang node, or of two nodes of this machine.
%% Each answer is checked. Prints one round trip a line, in nanoseconds.
%%
%% usage: erl -noshell -run echo main local|node SAMPLES WARMUP
-module(echo).
-export([main/1, serve/0]).

main([Where, Samples, Warmup]) ->
    Server = server(Where),
    Rest = <<0:(40 * 8)>>,
    _ = calls(Server, list_to_integer(Warmup), 0, Rest, []),
    Times = calls(Server, list_to_integer(Samples), 0, Rest, []),
    [io:put_chars([integer_to_list(T), $\n]) || T <- lists:reverse(Times)],
    stop(Where, Server),
    init:stop().

server("local") ->
    spawn_link(fun serve/0);
server("node") ->
    Name = "atoll_bench_" ++ os:getpid(),
    {ok, _} = net_kernel:start([list_to_atom(Name ++ "_a@127.0.0.1"), longnames]),
    Cookie = integer_to_list(rand:uniform(1 bsl 60)),
    true = erlang:set_cookie(node(), list_to_atom(Cookie)),
    Other = Name ++ "_b@127.0.0.1",
    Words = ["-noshell", "-name", Other, "-setcookie", Cookie, "-pa", filename:dirname(code:which(?MODULE))],
    _ = open_port({spawn_executable, os:find_executable("erl")}, [{args, Words}]),
    await(list_to_atom(Other), 200),
    spawn_link(list_to_atom(Other), ?MODULE, serve, []).

await(Other, Tries) when Tries > 0 ->
    case net_adm:ping(Other) of
        pong -> ok;
        pang -> timer:sleep(50), await(Other, Tries - 1)
    end.

stop("node", Server) ->
    unlink(Server),
    rpc:call(node(Server), erlang, halt, []);
stop("local", _) ->
    ok.

calls(_, 0, _, _, Times) ->
    Times;
calls(Server, Left, Number, Rest, Times) ->
    Before = erlang:monotonic_time(nanosecond),
    Reference = make_ref(),
    Server ! {self(), Reference, Number, Rest},
    Next = Number + 1,
    receive
        {Reference, Next, Rest} -> ok
    end,
    Took = erlang:monotonic_time(nanosecond) - Before,
    calls(Server, Left - 1, Next, Rest, [Took | Times]).

serve() ->
    receive
        {From, Reference, Number, Rest} ->
            From ! {Reference, Number + 1, Rest},
            serve()
    end.
