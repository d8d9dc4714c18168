using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Run;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.LocalHosting;

public sealed class ReplicaProxyTests : IDisposable
{
    private readonly TcpListener[] _replicas = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];

    public ReplicaProxyTests()
    {
        for (var i = 0; i < _replicas.Length; i++)
        {
            _replicas[i].Start();
            _ = AnswerAsync(_replicas[i], (byte)i);
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_BothReady_TakesTurns()
    {
        var port = FreePort.Next();
        await using var proxy = new ReplicaProxy(port, Ports(), _ => true);

        var answers = new[] { await AskAsync(port), await AskAsync(port), await AskAsync(port), await AskAsync(port) };

        answers.Count(a => a == 0).ShouldBe(2);
        answers.Count(a => a == 1).ShouldBe(2);
    }

    [Fact]
    public async Task Connect_OneDown_OtherAnswers()
    {
        var port = FreePort.Next();
        var ports = Ports();
        _replicas[0].Stop();
        await using var proxy = new ReplicaProxy(port, ports, _ => true);

        (await AskAsync(port)).ShouldBe(1);
        (await AskAsync(port)).ShouldBe(1);
    }

    [Fact]
    public async Task Connect_OneNotReady_ReadyOneAnswers()
    {
        var port = FreePort.Next();
        await using var proxy = new ReplicaProxy(port, Ports(), i => i == 0);

        (await AskAsync(port)).ShouldBe(0);
        (await AskAsync(port)).ShouldBe(0);
    }

    public void Dispose() => Array.ForEach(_replicas, r => r.Dispose());

    private static async Task<int> AskAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancelled);
        var answer = new byte[1];
        await client.GetStream().ReadExactlyAsync(answer, Cancelled);
        return answer[0];
    }

    private static async Task AnswerAsync(TcpListener listener, byte answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(new[] { answer });
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The replica was stopped.
        }
    }

    private int[] Ports() => [.. _replicas.Select(r => ((IPEndPoint)r.LocalEndpoint).Port)];
}
