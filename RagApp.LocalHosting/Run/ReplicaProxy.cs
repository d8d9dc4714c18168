using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Run;

/// <summary>Spreads the connections to one port over the replicas behind it, each in turn; one that is down is passed over, one that is not ready comes last.</summary>
internal sealed class ReplicaProxy : IAsyncDisposable
{
    private readonly IReadOnlyList<int> _ports;
    private readonly Func<int, bool> _isReady;
    private readonly TcpListener[] _listeners;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private uint _turn;

    /// <param name="port">The port clients use.</param>
    /// <param name="ports">The replicas' own ports.</param>
    /// <param name="isReady">Whether the replica of that index passes its health checks.</param>
    public ReplicaProxy(int port, IReadOnlyList<int> ports, Func<int, bool> isReady)
    {
        _ports = ports;
        _isReady = isReady;
        _listeners = [.. Loopbacks().Select(a => new TcpListener(a, port))];
        foreach (var listener in _listeners)
            listener.Start();
        _accepting = Task.WhenAll(_listeners.Select(AcceptAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
            listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private static IEnumerable<IPAddress> Loopbacks() =>
        Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16_384];
        int read;
        while ((read = await from.ReceiveAsync(buffer, cancellationToken)) > 0)
            await to.SendAsync(buffer.AsMemory(0, read), cancellationToken);
        to.Shutdown(SocketShutdown.Send);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client went away before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var _ = client;
        try
        {
            using var replica = await ConnectAsync();
            if (replica is null)
                return;
            client.NoDelay = replica.NoDelay = true;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var up = CopyAsync(client, replica, ended.Token);
            var down = CopyAsync(replica, client, ended.Token);
            await await Task.WhenAny(up, down);
            await Task.WhenAll(up, down);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: disposing both sockets tells the other.
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var first = Interlocked.Increment(ref _turn);
        var order = Enumerable.Range(0, _ports.Count).Select(i => (int)((first + i) % _ports.Count)).OrderBy(i => _isReady(i) ? 0 : 1);
        foreach (var index in order)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, _ports[index], _stop.Token);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return null;
    }
}
