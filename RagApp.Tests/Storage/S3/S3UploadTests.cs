using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using RagApp.Storage.Blobs;
using RagApp.Storage.S3;
using RagApp.Tests.TestServices.S3;

namespace RagApp.Tests.Storage.S3;

/// <summary>Uploads of blobs that need more than one part.</summary>
public sealed class S3UploadTests : IAsyncLifetime
{
    private const int Size = (2 * PartBuffer.PartBytes) + 3;

    private S3StandIn _server = null!;
    private S3BlobStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await S3StandIn.StartAsync(Cancellation);
        _store = S3Stores.Create(_server.Options);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(PartBuffer.PartBytes - 1, 0)]
    [InlineData(PartBuffer.PartBytes, 1)]
    [InlineData(PartBuffer.PartBytes + 1, 2)]
    [InlineData(Size, 3)]
    public async Task PutAsync_UnknownLength_IsReadBackWithItsTag(int size, int parts)
    {
        var content = RandomNumberGenerator.GetBytes(size);

        var etag = await _store.PutAsync("a", new Trickle(content), BlobCondition.IfNew, Cancellation);

        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        (await SHA256.HashDataAsync(blob.Content, Cancellation)).ShouldBe(SHA256.HashData(content));
        blob.ETag.ShouldBe(etag);
        _server.Requests.Count(request => request.Contains("partNumber", StringComparison.Ordinal)).ShouldBe(parts);
        _server.Objects.UnfinishedUploads.ShouldBe(0);
    }

    [Fact]
    public async Task PutAsync_UnknownLength_ReadsNoFurtherThanOnePartAhead()
    {
        var source = new Trickle(new byte[Size]);
        var aheads = new List<long>();
        long received = 0;
        _server.Fault = request =>
        {
            if (IsPart(request))
            {
                received += request.ContentLength!.Value;
                aheads.Add(source.Position - received);
            }
            return S3Fault.None;
        };

        await _store.PutAsync("a", source, BlobCondition.None, Cancellation);

        aheads.ShouldBe([0, 0, 0]);
    }

    [Fact]
    public async Task PutAsync_SourceBreaksOff_LeavesNoParts()
    {
        await Should.ThrowAsync<IOException>(_store.PutAsync("a", new Trickle(new byte[Size]) { BreaksAt = Size - 1 }, BlobCondition.None, Cancellation));

        ShouldBeEmpty();
    }

    [Fact]
    public async Task PutAsync_Cancelled_LeavesNoParts()
    {
        using var cancelled = new CancellationTokenSource();
        _server.Fault = request =>
        {
            if (IsPart(request))
                cancelled.Cancel();
            return S3Fault.None;
        };

        await Should.ThrowAsync<OperationCanceledException>(_store.PutAsync("a", new Trickle(new byte[Size]), BlobCondition.None, cancelled.Token));

        ShouldBeEmpty();
    }

    [Fact]
    public async Task PutAsync_IfNewAndThere_ConflictsAndLeavesNoParts()
    {
        await _store.PutAsync("a", new MemoryStream([1]), BlobCondition.None, Cancellation);

        await Should.ThrowAsync<BlobConflictException>(_store.PutAsync("a", new Trickle(new byte[Size]), BlobCondition.IfNew, Cancellation));

        _server.Objects.UnfinishedUploads.ShouldBe(0);
        (await _store.OpenAsync("a", Cancellation))!.Content.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(S3Fault.SlowDown, "partNumber=2")]
    [InlineData(S3Fault.FailAfterDoing, "partNumber=2")]
    [InlineData(S3Fault.FailAfterDoing, "?uploadId")]
    [InlineData(S3Fault.ErrorInBodyAfterDoing, "?uploadId")]
    public async Task PutAsync_OneStepFailsOnce_IsWrittenAllTheSame(S3Fault fault, string step)
    {
        var content = RandomNumberGenerator.GetBytes(Size);
        _server.FailOnce(fault, request => request.QueryString.Value!.Contains(step, StringComparison.Ordinal));

        var etag = await _store.PutAsync("a", new Trickle(content), BlobCondition.IfNew, Cancellation);

        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        (await SHA256.HashDataAsync(blob.Content, Cancellation)).ShouldBe(SHA256.HashData(content));
        blob.ETag.ShouldBe(etag);
        _server.Objects.UnfinishedUploads.ShouldBe(0);
    }

    private static bool IsPart(HttpRequest request) => request.Query.ContainsKey("partNumber");

    private void ShouldBeEmpty()
    {
        _server.Objects.UnfinishedUploads.ShouldBe(0);
        _server.Objects.Keys.ShouldBeEmpty();
    }

    /// <summary>A stream of unknown length that returns pieces of odd sizes, as an upload does.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        private const int Piece = 99_991;

        public int BreaksAt { get; init; } = int.MaxValue;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Position >= BreaksAt - Piece)
                throw new IOException("The connection was lost.");
            return ValueTask.FromResult(base.Read(buffer.Span[..Math.Min(buffer.Length, Piece)]));
        }
    }
}
