using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>Downloads of snapshots that stall, from a server whose responses the test controls.</summary>
public sealed class QdrantRestTests : IAsyncLifetime
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly QuickTime _time = new();
    private readonly MemoryStream _target = new();
    private ServiceProvider _services = null!;

    public ValueTask InitializeAsync()
    {
        _listener.Start();
        _services = QdrantServices.Open("http://127.0.0.1:2", _time, ("Storage:Qdrant:HttpNodes", $"http://{_listener.LocalEndpoint}"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _listener.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DownloadSnapshotAsync_BodyBreaksOff_IsUnreachable(bool reset)
    {
        var download = DownloadAsync();
        using (var connection = await AnswerAsync())
        {
            if (reset)
                connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        (await Should.ThrowAsync<QdrantException>(download)).Code.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task DownloadSnapshotAsync_BodyStopsComing_EndsWithinTheLimitOfSnapshots()
    {
        var download = DownloadAsync();
        using var connection = await AnswerAsync();
        await Eventually.HoldsAsync(() => _target.Length > 0);

        _time.RunOut();

        var late = await Should.ThrowAsync<QdrantException>(download);
        (late.Code, late.Message).ShouldBe((StatusCode.DeadlineExceeded, $"Qdrant at {_listener.LocalEndpoint} did not answer within 3600 s."));
    }

    [Fact]
    public async Task DownloadSnapshotAsync_DiskIsFull_IsNotTheServersFailure()
    {
        var download = _services.GetRequiredService<QdrantRest>().DownloadSnapshotAsync(_services.GetRequiredService<QdrantNodes>().All[0], "c", "s", new FullDisk(), Cancellation);
        using var connection = await AnswerAsync();
        (await Should.ThrowAsync<IOException>(download)).Message.ShouldBe("the disk is full");
    }

    private Task DownloadAsync() =>
        _services.GetRequiredService<QdrantRest>().DownloadSnapshotAsync(_services.GetRequiredService<QdrantNodes>().All[0], "c", "s", _target, Cancellation);

    /// <summary>Answers a request with headers and a part of the body.</summary>
    private async Task<Socket> AnswerAsync()
    {
        var socket = await _listener.AcceptSocketAsync(Cancellation);
        await socket.ReceiveAsync(new byte[4096], Cancellation);
        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome bytes"u8.ToArray(), Cancellation);
        return socket;
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("the disk is full");
    }
}
