using System.Net;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>Lists, downloads and deletions through the gateway, and its problems when the ingestion service fails.</summary>
public sealed class DocumentsTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("v1/documents", "/documents")]
    [InlineData("v1/documents/0123456789abcdef0123456789abcdef/children", "/documents/0123456789abcdef0123456789abcdef/children")]
    public async Task List_EveryParameter_IsPassedOn(string path, string passedTo)
    {
        const string Query = "?after=p%2Bx&limit=5&tag=a%20b&type=pdf&source=share&title=T&path=x%2Fy&name=n%26m&sort=size&order=desc&status=failed&status=empty";
        var asked = "";
        await using var documents = await StubService.StartAsync(context =>
        {
            asked = context.Request.Path + context.Request.QueryString;
            return StubService.AnswerAsync(context, StatusCodes.Status200OK, """{"documents":[],"isBehind":true}""");
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        var answer = await client.GetStringAsync(path + Query, Cancellation);

        asked.ShouldBe(passedTo + Query);
        answer.ShouldContain("\"isBehind\":true");
    }

    [Fact]
    public async Task Original_AnHtmlFile_IsADownloadThatCannotRun()
    {
        await using var documents = await StubService.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ContentDisposition = "inline; filename=page.html";
            return context.Response.WriteAsync("<script>alert(1)</script>");
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        using var response = await client.GetAsync($"v1/documents/{Id}/original", Cancellation);

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("<script>alert(1)</script>");
        response.Content.Headers.ContentDisposition?.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition?.FileName.ShouldBe("page.html");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task Delete_ADocument_IsPassedOn()
    {
        await using var documents = await StubService.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        using var response = await client.DeleteAsync($"v1/documents/{Id}", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        documents.Requests.ShouldHaveSingleItem().ShouldBe($"DELETE /documents/{Id}");
    }

    [Theory]
    [InlineData(404, 404)]
    [InlineData(403, 403)]
    [InlineData(409, 409)]
    [InlineData(401, 502)]
    [InlineData(500, 502)]
    [InlineData(503, 502)]
    public async Task Get_ServiceFails_KeepsTheCallersErrorsAndHidesOurs(int status, int expected)
    {
        await using var documents = await StubService.StartAsync(context =>
            StubService.AnswerAsync(context, status, $$"""{"title":"T","status":{{status}},"detail":"A sentence about d1."}"""), Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        using var response = await client.GetAsync($"v1/documents/{Id}", Cancellation);

        var problem = await response.ShouldBeProblemAsync((HttpStatusCode)expected, Cancellation);
        if (expected == status)
            problem.Detail.ShouldBe("A sentence about d1.");
        else
            problem.Detail.ShouldNotBeNull().ShouldNotContain("d1");
    }

    [Fact]
    public async Task Get_ServiceDown_Is502()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.GetAsync($"v1/documents/{Id}", Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadGateway, Cancellation);
    }
}
