using System.Net;
using System.Net.Http.Json;
using System.Text;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class DocumentsApiTests(DocumentsApiTests.Running running) : IClassFixture<DocumentsApiTests.Running>
{
    private IngestionService Service => running.Service;

    [Fact]
    public async Task Upload_FileBeforeItsFields_IsAccepted()
    {
        using var body = new MultipartFormDataContent
        {
            { new ByteArrayContent("Order does not matter."u8.ToArray()), "file", "x.txt" },
            { new StringContent("group:staff"), "access" },
            { new StringContent("folder/order.txt"), "path" },
        };

        using var response = await SendAsync(Alice, HttpMethod.Post, "documents", body);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var info = await response.Content.ReadFromJsonAsync(ContractsJson.Default.DocumentInfo, Cancellation);
        info!.Path.ShouldBe("folder/order.txt");
        info.Access.ShouldBe(["group:staff"]);
        response.Headers.Location!.OriginalString.ShouldBe($"/documents/{info.Id}");
    }

    [Fact]
    public async Task Upload_NothingSaid_IsForTheUploaderUnderTheFileName()
    {
        var info = await Service.Documents.UploadAsync(Alice, Multipart(null, "Mine."u8.ToArray()), Cancellation);

        info.Path.ShouldBe("file.bin");
        info.Access.ShouldBe(["user:alice"]);
        info.UploadedBy.ShouldBe("alice");
    }

    [Theory]
    [InlineData(@"C:\Users\alice\plans.txt", "plans.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("Übersicht (final) – копия №2 100%.txt", "Übersicht (final) – копия №2 100%.txt")]
    public async Task Upload_HostileFileName_BecomesAPlainName(string name, string path)
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(name)), "file", name } };

        var info = await Service.Documents.UploadAsync(Alice, body, Cancellation);

        info.Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("a/../b", "'..'")]
    [InlineData("///", "empty")]
    [InlineData("a\u0007b", "control")]
    public async Task Upload_BadPath_Is400(string path, string reason)
    {
        var problem = await RefusedAsync(HttpStatusCode.BadRequest, Alice, Multipart(path, "x"u8.ToArray()));

        problem.Detail!.ShouldContain(reason);
    }

    [Fact]
    public async Task Upload_BadAccess_Is400()
    {
        var problem = await RefusedAsync(HttpStatusCode.BadRequest, Alice, Multipart("p", "x"u8.ToArray(), "everyone"));

        problem.Detail!.ShouldContain("group:NAME");
    }

    [Fact]
    public async Task Upload_TwoFiles_Is400()
    {
        using var body = Multipart("p", "x"u8.ToArray());
        body.Add(new ByteArrayContent("y"u8.ToArray()), "file", "y");

        (await RefusedAsync(HttpStatusCode.BadRequest, Alice, body)).Detail!.ShouldContain("one file");
    }

    [Fact]
    public async Task Upload_NoMultipart_Is415() =>
        (await RefusedAsync(HttpStatusCode.UnsupportedMediaType, Alice, new StringContent("{}"))).Detail!.ShouldContain("multipart/form-data");

    [Fact]
    public async Task Upload_LongField_Is400() =>
        (await RefusedAsync(HttpStatusCode.BadRequest, Alice, Multipart(new string('p', 10_000), "x"u8.ToArray()))).Detail!.ShouldContain("8,192");

    [Fact]
    public async Task Upload_SomebodyElsesPath_Is403ThatSaysWhatToDo()
    {
        await Service.UploadAsync(Alice, "taken.txt", "Alice was here.", "public");

        var problem = await RefusedAsync(HttpStatusCode.Forbidden, Bob, Multipart("taken.txt", "Bob too."u8.ToArray()));

        problem.Detail!.ShouldContain("another path");
    }

    [Fact]
    public async Task Upload_SamePathInAnotherTenant_IsAnotherDocument()
    {
        var here = await Service.UploadAsync(Alice, "same.txt", "Acme.", "public");
        var there = await Service.UploadAsync(Eve, "same.txt", "Globex.", "public");

        there.Id.ShouldNotBe(here.Id);
        there.UploadedBy.ShouldBe("eve");
    }

    [Fact]
    public async Task Upload_OtherAccess_Is409()
    {
        await Service.UploadAsync(Alice, "access.txt", "First.", "group:staff");

        var problem = await RefusedAsync(HttpStatusCode.Conflict, Alice, Multipart("access.txt", "Second."u8.ToArray(), "public"));

        problem.Detail!.ShouldContain("same access list");
    }

    [Fact]
    public async Task Upload_SameBytes_ChangesNothing()
    {
        var first = await Service.UploadAsync(Alice, "again.txt", "The same words.", "public");
        await Service.SettleAsync(Alice, first.Id);

        var second = await Service.UploadAsync(Alice, "again.txt", "The same words.");

        second.Version.ShouldBe(1);
        second.Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Theory]
    [InlineData("GET", "documents")]
    [InlineData("POST", "documents")]
    [InlineData("POST", "documents/lookup")]
    [InlineData("GET", "documents/events")]
    [InlineData("GET", "documents/1")]
    [InlineData("GET", "documents/1/children")]
    [InlineData("GET", "documents/1/text")]
    [InlineData("GET", "documents/1/original")]
    [InlineData("PUT", "documents/1/access")]
    [InlineData("DELETE", "documents/1")]
    public async Task Call_WithoutToken_Is401(string method, string path)
    {
        using var anonymous = new HttpClient { BaseAddress = new Uri(Service.Address) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_WithoutRight_IsTheSameAsMissing()
    {
        var secret = await Service.UploadAsync(Alice, "secret.txt", "Only finance.", "group:finance");
        await Service.SettleAsync(Alice, secret.Id);

        foreach (var tail in new[] { "", "/text", "/original", "/children" })
        {
            foreach (var stranger in new[] { Bob, Eve })
            {
                var hidden = await ProblemAsync(HttpStatusCode.NotFound, stranger, HttpMethod.Get, $"documents/{secret.Id}{tail}");
                var missing = await ProblemAsync(HttpStatusCode.NotFound, stranger, HttpMethod.Get, $"documents/{new string('0', 32)}{tail}");
                (hidden with { TraceId = null }).ShouldBe(missing with { TraceId = null });
            }
        }
        await ProblemAsync(HttpStatusCode.NotFound, Bob, HttpMethod.Delete, $"documents/{secret.Id}");
        foreach (var stranger in new[] { Bob, Eve })
            (await Service.Documents.LookUpAsync(stranger, new DocumentLookup(["secret.txt"]), Cancellation)).Documents.ShouldBe([null]);
    }

    [Fact]
    public async Task GetOriginal_Download_IsTheBytesAndCannotRun()
    {
        var page = "<html><script>alert(1)</script><p>Words</p></html>";
        var info = await Service.UploadAsync(Alice, "page.html", page, "public");
        await Service.SettleAsync(Alice, info.Id);

        using var response = await Service.Documents.GetOriginalAsync(Bob, info.Id, Cancellation);

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe(page);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName.ShouldBe("page.html");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task GetOriginal_Range_IsThatPart()
    {
        var info = await Service.UploadAsync(Alice, "range.txt", "0123456789", "public");
        using var request = ServiceCall.Request(Alice, HttpMethod.Get, $"documents/{info.Id}/original");
        request.Headers.Range = new(2, 4);

        using var response = await Service.Http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("234");
    }

    [Fact]
    public async Task List_Pages_AreByPathAndOnlyWhatMayBeRead()
    {
        var carol = new Principal("lister", "carol", [], [], Region: null);
        var dave = carol with { Subject = "dave" };
        foreach (var name in new[] { "b.txt", "a.txt", "c.txt" })
            await Service.UploadAsync(carol, name, $"Text of {name}.", "public");
        await Service.UploadAsync(carol, "aa-private.txt", "Private.");

        var first = await Service.Documents.ListAsync(dave, new(), null, 2, Cancellation);
        var second = await Service.Documents.ListAsync(dave, new(), first.Next, 2, Cancellation);

        first.Documents.Select(document => document.Path).ShouldBe(["a.txt", "b.txt"]);
        second.Documents.Select(document => document.Path).ShouldBe(["c.txt"]);
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Delete_ByReaderWhoDidNotUpload_Is403()
    {
        var info = await Service.UploadAsync(Alice, "keep.txt", "Keep me.", "public");

        (await ProblemAsync(HttpStatusCode.Forbidden, Bob, HttpMethod.Delete, $"documents/{info.Id}")).Detail!.ShouldContain("Only the person");
    }

    [Fact]
    public async Task Delete_ByUploader_LeavesNothing()
    {
        var info = await Service.UploadAsync(Alice, "gone.txt", "The zanzibar clause.", "public");
        await Service.SettleAsync(Alice, info.Id);
        (await Service.SearchAsync(Bob, "zanzibar")).ShouldNotBeEmpty();

        await Service.Documents.DeleteAsync(Alice, info.Id, Cancellation);

        (await Service.SearchAsync(Bob, "zanzibar")).ShouldBeEmpty();
        await ProblemAsync(HttpStatusCode.NotFound, Alice, HttpMethod.Get, $"documents/{info.Id}");
    }

    private async Task<Problem> RefusedAsync(HttpStatusCode status, Principal principal, HttpContent body)
    {
        using var response = await SendAsync(principal, HttpMethod.Post, "documents", body);
        return await ReadProblemAsync(response, status);
    }

    private async Task<Problem> ProblemAsync(HttpStatusCode status, Principal principal, HttpMethod method, string path)
    {
        using var response = await SendAsync(principal, method, path, null);
        return await ReadProblemAsync(response, status);
    }

    private async Task<HttpResponseMessage> SendAsync(Principal principal, HttpMethod method, string path, HttpContent? body)
    {
        using var request = ServiceCall.Request(principal, method, path, body);
        return await Service.Http.SendAsync(request, Cancellation);
    }

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.Problem, Cancellation))!;
    }

    public sealed class Running : IAsyncLifetime
    {
        internal IngestionService Service { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Service = await StartAsync();

        public async ValueTask DisposeAsync()
        {
            if (Service is not null)
                await Service.DisposeAsync();
        }
    }
}
