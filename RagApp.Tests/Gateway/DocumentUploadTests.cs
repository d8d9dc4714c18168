using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>Uploads through the gateway, which streams the body to the ingestion service. One test measures the memory of the process.</summary>
[Collection(nameof(Alone))]
public sealed class DocumentUploadTests
{
    private const string Stored = """
        {"id":"d1","path":"a.txt","title":"a","version":1,"status":"queued","warnings":[],"done":0,"total":0,"size":1,
        "contentType":"text/plain","access":["public"],"uploadedBy":"demo-alice","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}
        """;

    [Fact]
    public async Task Upload_AForm_ArrivesByteForByte()
    {
        var (body, contentType) = (Array.Empty<byte>(), "");
        await using var documents = await StubService.StartAsync(async context =>
        {
            contentType = context.Request.ContentType;
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer);
            body = buffer.ToArray();
            await StubService.AnswerAsync(context, StatusCodes.Status202Accepted, Stored);
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();
        using var form = new MultipartFormDataContent("the-boundary") { { new StringContent("public"), "access" }, { new StringContent("hello"), "file", "a.txt" } };
        var sent = await form.ReadAsByteArrayAsync(Cancellation);

        using var response = await client.PostAsync("v1/documents", form, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location?.ToString().ShouldBe("/v1/documents/d1");
        body.ShouldBe(sent);
        contentType.ShouldBe("multipart/form-data; boundary=\"the-boundary\"");
    }

    [Fact]
    public async Task Upload_300MegabytesWithoutALength_KeepsMemoryFlat()
    {
        const long Size = 300L * 1024 * 1024;
        var received = 0L;
        await using var documents = await StubService.StartAsync(async context =>
        {
            received = await DrainAsync(context);
            await StubService.AnswerAsync(context, StatusCodes.Status202Accepted, Stored);
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();
        using var body = new ZeroContent(Size);
        var before = WorkingSet();
        body.Sampled = () => WorkingSet() - before;

        using var response = await client.PostAsync("v1/documents", body, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        received.ShouldBe(Size);
        TestContext.Current.TestOutputHelper!.WriteLine($"Working set grew by at most {body.Peak / 1024 / 1024} MiB.");
        body.Peak.ShouldBeLessThan(64L * 1024 * 1024);
    }

    [Fact]
    public async Task Upload_OverTheLimitByItsLength_Is413()
    {
        await using var documents = await StubService.StartAsync(async context =>
        {
            await DrainAsync(context);
            await StubService.AnswerAsync(context, StatusCodes.Status202Accepted, Stored);
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents, settings: "--Upload:MaxFileBytes=1000");
        using var client = gateway.Client();
        using var body = new ZeroContent(3 * 1024 * 1024, declared: true);

        using var response = await client.PostAsync("v1/documents", body, Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, Cancellation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task Upload_RefusedBeforeItHasArrived_KeepsTheServicesSentence(int bytesRead)
    {
        await using var documents = await StubService.StartAsync(async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[bytesRead]);
            await StubService.AnswerAsync(context, StatusCodes.Status400BadRequest, """{"title":"T","status":400,"detail":"There is no part 'file'."}""");
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();
        using var body = new ZeroContent(32 * 1024 * 1024, declared: true);

        using var response = await client.PostAsync("v1/documents", body, Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldBe("There is no part 'file'.");
    }

    [Fact]
    public async Task Upload_ThatIsNoForm_Is415ThatSaysWhatToSend()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.PostAsync("v1/documents", new StringContent("hello"), Cancellation);

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, Cancellation);
        problem.Detail.ShouldNotBeNull().ShouldContain("multipart/form-data");
    }

    [Fact]
    public async Task Upload_CutOffByTheClient_IsCutOffDownstream()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cutOff = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var documents = await StubService.StartAsync(async context =>
        {
            var one = new byte[1];
            await context.Request.Body.ReadExactlyAsync(one);
            arrived.SetResult();
            try
            {
                await DrainAsync(context);
            }
            catch (Exception)
            {
                cutOff.SetResult();
                throw;
            }
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);

        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancellation);
            var head = "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: demo-alice\r\n"
                + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n{new string('-', 100_000)}";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
        }

        await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
    }

    private static async Task<long> DrainAsync(HttpContext context)
    {
        var buffer = new byte[81920];
        var total = 0L;
        for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
            total += read;
        return total;
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>A long body of zeros that claims a multipart content type; samples are taken every 16 MiB.</summary>
    private sealed class ZeroContent : HttpContent
    {
        private const int Block = 64 * 1024;
        private readonly long _size;
        private readonly bool _declared;

        public ZeroContent(long size, bool declared = false)
        {
            (_size, _declared) = (size, declared);
            Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        }

        public Func<long> Sampled { get; set; } = () => 0;

        public long Peak { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[Block];
            for (var sent = 0L; sent < _size; sent += Block)
            {
                await stream.WriteAsync(block);
                if (sent % (16 * 1024 * 1024) == 0)
                    Peak = Math.Max(Peak, Sampled());
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _size;
            return _declared;
        }
    }
}
