using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A loopback port in front of a server, with a simulated network between them that can become silent or unreachable.</summary>
internal sealed class SwitchedPort(int port, IPEndPoint behind)
{
    private readonly ConcurrentDictionary<Task, Socket> _connections = [];
    private TaskCompletionSource _passes = Completed();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Begins to accept connections; throws when the port is taken.</summary>
    public void Open()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Releases the port, as if it had never been opened.</summary>
    public void Abandon() => _listener?.Dispose();

    /// <summary>Stops all traffic in both directions; connections stay open and new ones are accepted.</summary>
    public void Silence() => Interlocked.Exchange(ref _passes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Lets the held-back data pass, and all later data.</summary>
    public void Speak() => _passes.TrySetResult();

    /// <summary>Ends all connections and refuses new ones.</summary>
    public async Task CloseAsync()
    {
        _listener?.Dispose();
        await _accepting;
        foreach (var socket in _connections.Values)
            socket.Dispose();
        Speak();
        await Task.WhenAll(_connections.Keys);
        _connections.Clear();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                _connections[ConnectAsync(client)] = client;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The port was closed.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(behind);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client)).Unwrap();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // One side has ended the connection; the other side follows.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        await using var source = new NetworkStream(from);
        await using var target = new NetworkStream(to);
        var buffer = new byte[64 << 10];
        while (await source.ReadAsync(buffer) is > 0 and var count)
        {
            await _passes.Task;
            await target.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
