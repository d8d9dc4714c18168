using System.Net;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

[Collection(nameof(Alone))]
public sealed class UploadLimitTests
{
    [Fact]
    public async Task Upload_OverTheLimit_Is413AndKeepsNothing()
    {
        await using var service = await StartAsync("--Intake:MaxFileBytes=1000");

        var refusal = await Should.ThrowAsync<ApiException>(() => service.Documents.UploadAsync(Alice, Multipart("big", new byte[5_000]), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        refusal.Problem.Detail!.ShouldContain("1,000");
        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_QueueIsFull_Is429WithRetryAfter()
    {
        await using var service = await StartAsync("--Intake:MaxQueueDepth=1", "--Processing:Workers=1");
        var release = service.Embeddings.Hold();
        var first = await service.UploadAsync(Alice, "1.txt", "First.");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);
        var second = await service.UploadAsync(Alice, "2.txt", "Second.");

        using var request = ServiceCall.Request(Alice, HttpMethod.Post, "documents", Multipart("3.txt", "Third."u8.ToArray()));
        using var response = await service.Http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        release.SetResult();
        await service.SettleAsync(Alice, first.Id);
        await service.SettleAsync(Alice, second.Id);
    }

    [Fact]
    public async Task Upload_OneTenantFloods_ItsBulkIsRefusedFirstAndOthersGoOn()
    {
        await using var service = await StartAsync("--Intake:MaxQueueDepth=6", "--Processing:Workers=1");
        var release = service.Embeddings.Hold();
        await service.UploadAsync(Alice, "in-work.txt", "In work.");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);

        // Of 6 places, bulk uploads stop at half of what is free (2 waiting, 4 free), interactive ones at all of it (3 and 3).
        await UploadBulkAsync(service, Alice, "1.txt");
        await UploadBulkAsync(service, Alice, "2.txt");
        var refusal = await Should.ThrowAsync<ApiException>(() => UploadBulkAsync(service, Alice, "3.txt"));
        await service.UploadAsync(Alice, "by-hand.txt", "By hand.");
        await Should.ThrowAsync<ApiException>(() => service.UploadAsync(Alice, "one-more.txt", "One more."));
        var other = await service.UploadAsync(Eve, "other.txt", "Of somebody else.");

        refusal.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refusal.Problem.Detail!.ShouldContain("2 of them yours");
        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents.Count.ShouldBe(4);
        Directory.GetFiles(service.OriginalsOf(Alice.Tenant)).Length.ShouldBe(4);
        release.SetResult();
        await service.SettleAsync(Eve, other.Id);
    }

    [Fact]
    public async Task Upload_PriorityUnknown_Is400()
    {
        await using var service = await StartAsync();

        var refusal = await Should.ThrowAsync<ApiException>(() => service.Documents.UploadAsync(Alice, WithPriority("p.txt", "urgent"), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Problem.Detail!.ShouldContain("'bulk'");
    }

    [Fact]
    public async Task Upload_400MegabyteFile_IsNeverHeldInMemory()
    {
        await using var service = await StartAsync("--Processing:Workers=1", "--Parser:CpuSeconds=20");
        const long Size = 400L << 20;
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var zeros = new ZeroStream(Size);
        using var body = new MultipartFormDataContent { { new StreamContent(zeros, 1 << 16), "file", "zeros.bin" } };

        var info = await service.Documents.UploadAsync(Alice, body, Cancellation);

        info.Size.ShouldBe(Size);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(Size / 4);
    }

    private static Task UploadBulkAsync(IngestionService service, Principal principal, string path) =>
        service.Documents.UploadAsync(principal, WithPriority(path, "bulk"), Cancellation);

    private static MultipartFormDataContent WithPriority(string path, string priority) => new()
    {
        { new StringContent(priority), "priority" },
        { new ByteArrayContent("Some text."u8.ToArray()), "file", path },
    };

    /// <summary>A long stream of zeros that needs no memory.</summary>
    private sealed class ZeroStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, read);
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
