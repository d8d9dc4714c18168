using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Search;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>The glossary through the gateway, which passes entity tags and refusals on unchanged.</summary>
public sealed class GlossaryTests
{
    private static readonly Glossary Leave = new([new GlossaryEntry("PTO", ["paid time off"])]);

    [Fact]
    public async Task Save_WithAnETag_PassesItOnAndAnswersWithTheNewOne()
    {
        string? ifMatch = null;
        await using var search = await StubService.StartAsync(context =>
        {
            ifMatch = context.Request.Headers.IfMatch;
            context.Response.Headers.ETag = "\"two\"";
            return context.Response.WriteAsJsonAsync(Leave, ContractsJson.Default.Glossary);
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search);
        using var client = gateway.Client();
        client.DefaultRequestHeaders.IfMatch.ParseAdd("\"one\"");

        using var response = await client.PutAsync("v1/glossary", JsonContent.Create(Leave, ContractsJson.Default.Glossary), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.ETag.ShouldNotBeNull().ToString().ShouldBe("\"two\"");
        ifMatch.ShouldBe("\"one\"");
        search.Requests.ShouldBe(["PUT /glossary"]);
    }

    [Fact]
    public async Task Save_Refused_TellsWhy()
    {
        await using var search = await StubService.StartAsync(
            context => Results.Problem("Read it again.", statusCode: StatusCodes.Status412PreconditionFailed).ExecuteAsync(context), Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search);
        using var client = gateway.Client();

        using var response = await client.PutAsync("v1/glossary", JsonContent.Create(Leave, ContractsJson.Default.Glossary), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, Cancellation)).Detail.ShouldBe("Read it again.");
    }
}
