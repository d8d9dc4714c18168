using System.Net;
using System.Net.Http.Json;
using RagApp.Contracts;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Glossaries;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices.S3;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Text.Analysis;
using static RagApp.Tests.Query.QueryUnderTest;

namespace RagApp.Tests.Query;

/// <summary>The tenant's glossary: the permission to change it, and its effect on questions.</summary>
public sealed class GlossaryTests
{
    private static readonly Principal Admin = Alice with { Subject = "ada", Roles = [Role.Admin] };

    private static readonly Glossary Leave = new([new GlossaryEntry("PTO", ["paid time off", "annual leave"]), new GlossaryEntry("IT", ["information technology"])]);

    private static readonly GlossaryTerms Terms =
        GlossaryTerms.Of(Leave, new ServiceCollection().AddTextAnalysis().BuildServiceProvider().GetRequiredService<ITextAnalysis>());

    [Theory]
    [InlineData("how many pto days", "how many pto paid time off annual leave days")]
    [InlineData("How much paid time off?", "How much paid time off PTO?")]
    [InlineData("IT budget", "IT information technology budget")]
    [InlineData("is PTO paid time off", "is PTO annual leave paid time off")]
    public void Expand_TermInEitherDirection_HasWhatItStandsForBehindIt(string question, string expanded) =>
        Terms.Expand(question).ShouldNotBeNull().Text.ShouldBe(expanded);

    [Theory]
    [InlineData("when was it built")]
    [InlineData("ptosis treatment")]
    [InlineData("time off")]
    public void Expand_NoTerm_ChangesNothing(string question) => Terms.Expand(question).ShouldBeNull();

    [Fact]
    public async Task Search_WithATermOfTheGlossary_FindsWhatItStandsFor()
    {
        await using var query = await StartAsync([Document("leave.md", "Annual leave is thirty days."), Document("other.md", "Days are long.")], Cancellation);
        using (var saved = await SaveAsync(query, Leave))
            saved.StatusCode.ShouldBe(HttpStatusCode.OK);

        var found = await query.SearchAsync(new SearchRequest("PTO days"));

        found.Hits[0].Path.ShouldBe("leave.md");
        found.Explain.Rewrites.ShouldNotBeNull().Expanded.ShouldBe(["paid time off", "annual leave"]);
        (await query.SearchAsync(new SearchRequest("PTO days"), Alice with { Tenant = "globex" })).Explain.Rewrites.ShouldBeNull();
    }

    [Fact]
    public async Task Search_GlossaryInABucket_IsReadAndWrittenThereAndTheSearchOutlivesItsLoss()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);
        await using var query = await StartAsync([Document("leave.md", "Annual leave is thirty days.")], Cancellation, bucket.Settings);
        using (var saved = await SaveAsync(query, Leave))
            saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        bucket.Objects.Keys.ShouldHaveSingleItem().ShouldStartWith("tenants/acme/");
        (await query.SearchAsync(new SearchRequest("PTO days"))).Explain.Rewrites.ShouldNotBeNull().Expanded.ShouldBe(["paid time off", "annual leave"]);
        await bucket.DisposeAsync();

        using var lost = await query.SendAsync(HttpMethod.Get, "glossary");
        lost.IsSuccessStatusCode.ShouldBeFalse();
        (await query.SearchAsync(new SearchRequest("leave days"))).Hits.ShouldHaveSingleItem().Path.ShouldBe("leave.md");
    }

    [Fact]
    public async Task Save_OverAKnownState_ChangesItAndEveryoneReadsIt()
    {
        await using var query = await StartAsync([], Cancellation);
        using (var nothing = await query.SendAsync(HttpMethod.Get, "glossary"))
        {
            nothing.Headers.ETag.ShouldBeNull();
            (await nothing.Content.ReadFromJsonAsync(ContractsJson.Default.Glossary, Cancellation))!.Entries.ShouldBeEmpty();
        }
        using var first = await SaveAsync(query, Leave);
        var etag = first.Headers.ETag.ShouldNotBeNull().ToString();

        using var second = await SaveAsync(query, new Glossary([]), etag);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.ETag!.ToString().ShouldNotBe(etag);

        using var late = await SaveAsync(query, Leave, etag);
        (await late.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("read it again");
        using var blind = await SaveAsync(query, Leave);
        (await blind.ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("If-Match");
    }

    [Fact]
    public async Task Save_WithoutTheRole_Is403()
    {
        await using var query = await StartAsync([], Cancellation);

        using var response = await SaveAsync(query, Leave, principal: Alice);

        (await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("admin");
    }

    public static TheoryData<Glossary, string> Refused { get; } = new()
    {
        { new Glossary(null!), "'entries' is missing" },
        { new Glossary([null!]), "Entry 0 is empty" },
        { new Glossary([new("", ["x"])]), "term of entry 0" },
        { new Glossary([new(new string('x', 101), ["x"])]), "term of entry 0" },
        { new Glossary([new("PTO", [])]), "1 to 8" },
        { new Glossary([new("PTO", [.. Enumerable.Range(0, 9).Select(i => $"x{i}")])]), "1 to 8" },
        { new Glossary([new("PTO", ["--"])]), "Each expansion" },
        { new Glossary([new("PTO", ["x"]), new("PTO", ["y"])]), "twice" },
        { new Glossary([.. Enumerable.Range(0, 2001).Select(i => new GlossaryEntry($"t{i}", ["x"]))]), "2,000" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatIsWrong_WithABadGlossary_SaysSo(Glossary glossary, string words) =>
        GlossaryValidation.WhatIsWrong(glossary).ShouldNotBeNull().ShouldContain(words);

    private static async Task<HttpResponseMessage> SaveAsync(QueryUnderTest query, Glossary glossary, string? ifMatch = null, Principal? principal = null) =>
        await query.SendAsync(HttpMethod.Put, "glossary", JsonContent.Create(glossary, ContractsJson.Default.Glossary), principal ?? Admin, ifMatch);
}
