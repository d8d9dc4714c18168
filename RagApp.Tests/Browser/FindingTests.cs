using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>Filters, conversations, and the display of the search query and of how results were found.</summary>
public sealed class FindingTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private const string Explain =
        """
        {"mode":"hybrid","reason":"A question in words.","keywordCandidates":12,"semanticCandidates":40,"semanticWeight":0.5,"route":"question",
         "rewrites":{"corrected":"When does the ferry leave","expanded":["boat"],"more":[]},"refinement":{"duplicates":2,"merged":1,"diversified":0}}
        """;

    private readonly List<JsonObject> _asked = [];

    [Fact]
    public async Task Ask_WithFiltersChosen_SendsThemAndEachCanBeTakenAway()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync("""{"answerer":"extractive","found":true,"passagesUsed":1,"passagesLeftOut":0}""");
        await Page.GetByText("Narrow down").ClickAsync();
        await Page.GetByLabel("Kind of file").SelectOptionAsync("pdf");
        await Page.GetByLabel("Tag", new() { Exact = true }).FillAsync("handbook");
        await Page.GetByLabel("Tag", new() { Exact = true }).PressAsync("Enter");
        await Page.GetByLabel("Dated since").FillAsync("2024-01-01");
        await Page.GetByLabel("Dated until").FillAsync("2024-12-31");

        await AskAsync("When does the ferry leave?");
        await Expect(Answer.Locator(".chip")).ToHaveTextAsync(["PDF✕", "Tag handbook✕", "2024✕"]);
        await Answer.GetByRole(AriaRole.Button, new() { Name = "Tag handbook: remove" }).ClickAsync();
        await Expect(Answer.Locator(".chip")).ToHaveTextAsync(["PDF✕", "2024✕"]);

        await Expect(Page.Locator(".exchange")).ToHaveCountAsync(1);
        var filters = _asked[0]["filters"]!;
        filters["types"]![0]!.GetValue<string>().ShouldBe("pdf");
        filters["tags"]![0]!.GetValue<string>().ShouldBe("handbook");
        filters["from"]!.GetValue<DateTimeOffset>().ShouldBe(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        filters["before"]!.GetValue<DateTimeOffset>().ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _asked[1]["filters"]!["tags"].ShouldBeNull();
        _asked[1]["filters"]!["types"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Ask_QuestionNamesAFilter_ShowsItAndAsksWithoutItWhenItIsTakenAway()
    {
        await EnterAsync("demo-alice");
        var explain = JsonNode.Parse(Explain)!.AsObject();
        explain["foundFilters"] = JsonNode.Parse("""{"from":"2024-01-01T00:00:00Z","before":"2025-01-01T00:00:00Z","types":["pdf"]}""");
        await AnswerWithAsync($$"""{"answerer":"extractive","found":true,"passagesUsed":1,"passagesLeftOut":0,"explain":{{explain.ToJsonString()}}}""");

        await AskAsync("When does the ferry leave by the 2024 PDF?");
        await Expect(Answer).ToContainTextAsync("Only, since you asked so");
        await Answer.GetByRole(AriaRole.Button, new() { Name = "PDF: remove" }).ClickAsync();
        await Expect(Answer.Locator(".chips").First).ToContainTextAsync("2024");

        _asked.Count.ShouldBe(2);
        _asked[0]["findFilters"].ShouldBeNull();
        _asked[1]["findFilters"]!.GetValue<bool>().ShouldBeFalse();
        _asked[1]["filters"]!["from"].ShouldNotBeNull();
        _asked[1]["filters"]!["types"].ShouldBeNull();
        _asked[1]["history"].ShouldBeNull("the exchange that is asked anew is not said twice");
    }

    [Fact]
    public async Task Ask_SpellingCorrected_SaysSoWithTheWayBackAndHowItWasFound()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync($$"""{"answerer":"extractive","found":true,"passagesUsed":1,"passagesLeftOut":0,"explain":{{Explain.ReplaceLineEndings("")}}}""");

        await AskAsync("When does the fery leave");

        await Expect(Answer.Locator(".corrected")).ToContainTextAsync("Searched for When does the ferry leave instead of “When does the fery leave”");
        await Expect(Answer.GetByText("A question in words.")).ToBeHiddenAsync();
        await Answer.GetByText("How this was found").ClickAsync();
        await Expect(Answer.Locator(".explanation")).ToContainTextAsync("A question in words.");
        await Expect(Answer.Locator(".explanation")).ToContainTextAsync("2 near-duplicates left out, 1 passage joined to a neighbour");
        await Answer.GetByRole(AriaRole.Button, new() { Name = "Search for what I wrote" }).ClickAsync();

        await Expect(Answer.Locator(".question")).ToHaveTextAsync("When does the \"fery\" leave");
        _asked[1]["question"]!.GetValue<string>().ShouldBe("When does the \"fery\" leave");
    }

    [Fact]
    public async Task Ask_FollowUp_SendsTheConversationUntilANewOneBegins()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync("""{"answerer":"extractive","found":true,"passagesUsed":1,"passagesLeftOut":0}""");

        await AskAsync("When does the ferry leave?");
        await Expect(Answer.Locator(".summary")).ToBeVisibleAsync();
        await AskAsync("And on Sundays?");
        await Expect(Answer.Locator(".question")).ToHaveTextAsync("And on Sundays?");
        await Page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Expect(Question).ToBeFocusedAsync();
        await AskAsync("Who wrote the handbook?");
        await Expect(Answer.Locator(".question")).ToHaveTextAsync("Who wrote the handbook?");
        await Expect(Answer.Locator(".summary")).ToBeVisibleAsync();

        _asked.Select(asked => asked["history"]?.AsArray().Count ?? 0).ShouldBe([0, 2, 0]);
        _asked[1]["history"]!.AsArray().Select(message => $"{message!["role"]}: {message["text"]}")
            .ShouldBe(["user: When does the ferry leave?", "assistant: The ferry leaves at nine."]);
        await Expect(Page.Locator(".earlier")).ToHaveTextAsync("Earlier conversation");
    }

    [Fact]
    public async Task Ask_AnswerWithGaps_ShowsWhatWasLeftOutAndTakenOut()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(
            """{"answerer":"model","model":"m","found":true,"passagesUsed":2,"passagesLeftOut":1,"truncated":true,"leftOut":[{"documentId":"d","ordinal":3,"title":"Timetable","tokens":812}],"unsupported":[{"documentId":"d","ordinal":4,"title":"Prices","statement":"It costs nine.","reason":"The passage does not have 'nine'."}]}""");

        await AskAsync("When does the ferry leave?");

        var notes = Answer.Locator(".note");
        await Expect(notes).ToHaveCountAsync(3);
        await notes.Nth(1).Locator("summary").ClickAsync();
        await Expect(notes.Nth(1)).ToContainTextAsync("Prices: It costs nine. The passage does not have 'nine'.");
        await notes.Nth(2).Locator("summary").ClickAsync();
        await Expect(notes.Nth(2)).ToContainTextAsync("Timetable (812 tokens)");
    }

    [Fact]
    public async Task Ask_SmallTalk_IsAReplyWithoutSources()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync("""{"answerer":"router","found":true,"passagesUsed":0,"passagesLeftOut":0}""");

        await AskAsync("Hello");

        await Expect(Answer.Locator(".answer")).ToContainTextAsync("The ferry");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true })).ToBeVisibleAsync();
        (await Answer.Locator(".summary, .explanation").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Upload_WithTags_TheyAreShownAndFilterTheSearch()
    {
        await EnterAsync("demo-alice");
        var word = UniqueWord();
        await Page.GetByLabel("Tags for what you add").FillAsync($"{word}-tag, ferries");
        await UploadAsync($"{word}.md", $"# Ferry of {word}\n\nThe {word} ferry leaves at nine.\n");
        await WaitUntilIndexedAsync($"{word}.md");
        await Expect(DocumentAt($"{word}.md").Locator(".tag")).ToHaveTextAsync(["ferries", $"{word}-tag"]);

        await Page.GetByText("Narrow down").ClickAsync();
        await Page.GetByLabel("Tag", new() { Exact = true }).FillAsync($"{word}-tag");
        await Page.GetByLabel("Tag", new() { Exact = true }).PressAsync("Enter");
        await Question.FillAsync("When does the ferry leave?");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Find passages" }).ClickAsync();

        await Expect(Answer.Locator(".citation")).ToHaveCountAsync(1);
        await Expect(Answer.Locator(".citation")).ToContainTextAsync($"The {word} ferry leaves at nine.");
    }

    [Fact]
    public async Task FindPassages_OfAnUploadedFile_ListsAndOpensThem()
    {
        await EnterAsync("demo-alice");
        var word = UniqueWord();
        await UploadAsync($"{word}.md", $"# Handbook of {word}\n\n## Meetings\n\nThe project {word} meets at the old lighthouse.\n");
        await WaitUntilIndexedAsync($"{word}.md");

        await Question.FillAsync($"Where does {word} meet?");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Find passages" }).ClickAsync();

        await Expect(Answer.Locator(".citation").First).ToContainTextAsync("old lighthouse");
        await Answer.GetByText("How this was found").ClickAsync();
        await Expect(Answer.Locator(".explanation")).ToContainTextAsync("by words");
        await Answer.Locator(".citation").First.ClickAsync();
        await Expect(Reader.Locator(".cited")).ToBeFocusedAsync();
    }

    /// <summary>Answers every question with one sentence and this search summary, and records the questions.</summary>
    private Task AnswerWithAsync(string summary) => Page.RouteAsync("**/v1/answers", async route =>
    {
        _asked.Add(JsonSerializer.Deserialize<JsonObject>(route.Request.PostData!)!);
        await route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = $$"""
                event: token
                data: {"text":"The ferry leaves at nine. [1]"}

                event: done
                data: {{summary.ReplaceLineEndings("")}}

                """ + "\n",
        });
    });
}
