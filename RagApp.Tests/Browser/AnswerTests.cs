using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

public sealed class AnswerTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    [Fact]
    public async Task Ask_AboutAnUploadedFile_AnswersWithACitationThatOpensItsPassage()
    {
        await EnterAsync("demo-alice");
        var word = await UploadMeetingPlaceAsync();

        await AskAsync($"Where does the project {word} meet?");

        await Expect(Answer.Locator(".answer")).ToContainTextAsync("old lighthouse");
        await Expect(Answer).ToContainTextAsync("Answers by quoting");
        var marker = Answer.Locator(".marker").First;
        await Expect(marker).ToHaveTextAsync("[1]");
        await Expect(Answer.Locator(".citation").First).ToContainTextAsync("lighthouse");

        await marker.ClickAsync();

        var cited = Reader.Locator(".cited");
        await Expect(cited).ToBeInViewportAsync();
        await Expect(cited).ToBeFocusedAsync();
        await Expect(cited.Locator("mark").First).ToContainTextAsync("lighthouse");
    }

    [Fact]
    public async Task Ask_WithTheKeyboardAlone_OpensThePassageAndComesBackToItsMarker()
    {
        await EnterAsync("demo-alice");
        var word = await UploadMeetingPlaceAsync();
        await Question.FocusAsync();

        await Page.Keyboard.TypeAsync($"Where does the project {word} meet?");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Answer).ToContainTextAsync("Answers by quoting");
        await TabToAsync(Answer.Locator(".marker").First);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Reader.Locator(".cited")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Expect(Reader).ToBeHiddenAsync();
        await Expect(Answer.Locator(".marker").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Reader_DownloadOriginal_SavesTheFileAsUploaded()
    {
        await EnterAsync("demo-alice");
        var name = UniqueWord() + ".md";
        await UploadAsync(name, "# Ferry\n\nThe ferry leaves at nine.");
        await WaitUntilIndexedAsync(name);

        await DocumentAt(name).Locator(".document-title").ClickAsync();
        await Expect(Reader).ToContainTextAsync("The ferry leaves at nine.");
        var download = await Page.RunAndWaitForDownloadAsync(() => Reader.GetByRole(AriaRole.Button, new() { Name = "Download original" }).ClickAsync());

        download.SuggestedFilename.ShouldBe(name);
        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        (await reader.ReadToEndAsync(Cancellation)).ShouldBe("# Ferry\n\nThe ferry leaves at nine.");
    }

    [Fact]
    public async Task Ask_StreamThatEndsEarly_KeepsTheTextAndSaysSo()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(200, "text/event-stream", "event: token\ndata: {\"text\":\"The ferry leaves [1\"}\n\n");

        await AskAsync("When does the ferry leave?");

        await Expect(Answer.Locator(".answer")).ToHaveTextAsync("The ferry leaves [1");
        await Expect(Answer.GetByRole(AriaRole.Alert)).ToContainTextAsync("broke off before it was complete");
        await Expect(Answer.GetByRole(AriaRole.Button, new() { Name = "Ask again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ask_AnswerIsWithdrawn_ItsTextGivesWayToWhatTheStreamSaysInstead()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(200, "text/event-stream",
            "event: token\ndata: {\"text\":\"The ferry leaves at midnight.\"}\n\n"
            + "event: withdrawn\ndata: {\"text\":\"Not found in your documents.\"}\n\n"
            + "event: done\ndata: {\"answerer\":\"model\",\"model\":\"m\",\"found\":false,\"passagesUsed\":1,\"passagesLeftOut\":0}\n\n");

        await AskAsync("When does the ferry leave?");

        await Expect(Answer.Locator(".answer")).ToHaveTextAsync("Not found in your documents.");
        await Expect(Answer).Not.ToContainTextAsync("midnight");
        await Expect(Answer).ToContainTextAsync("add a document that has the answer");
    }

    [Fact]
    public async Task Ask_ErrorInTheStream_ShowsItsSentenceAndTraceId()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(200, "text/event-stream",
            "event: error\ndata: {\"title\":\"Bad Gateway\",\"status\":502,\"detail\":\"The model is silent.\",\"traceId\":\"4bf92f35\"}\n\n");

        await AskAsync("When does the ferry leave?");

        await Expect(Answer.GetByRole(AriaRole.Alert)).ToContainTextAsync("The model is silent.");
        await Expect(Answer.GetByRole(AriaRole.Alert)).ToContainTextAsync("4bf92f35");
    }

    [Fact]
    public async Task Ask_ProblemDetails_ShowsItsSentenceAndTraceId()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(503, "application/problem+json",
            """{"title":"Unavailable","status":503,"detail":"Too many questions just now. Ask again in a minute.","traceId":"00f067aa"}""");

        await AskAsync("When does the ferry leave?");

        await Expect(Answer.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many questions just now. Ask again in a minute.");
        await Expect(Answer.GetByRole(AriaRole.Alert)).ToContainTextAsync("00f067aa");
    }

    [Fact]
    public async Task Stop_WhileAnswering_EndsTheRequestAndAllowsTheNextQuestion()
    {
        await EnterAsync("demo-alice");
        await Page.RouteAsync(AnswersPath, _ => Task.CompletedTask);
        var ended = new TaskCompletionSource();
        Page.RequestFailed += (_, _) => ended.TrySetResult();

        await AskAsync("When does the ferry leave?");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await ended.Task.WaitAsync(Cancellation);
        await Expect(Answer).ToContainTextAsync("Stopped.");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true })).ToBeVisibleAsync();
        await Expect(Question).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Ask_NothingFound_SaysSoKindly()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(200, "text/event-stream",
            "event: done\ndata: {\"answerer\":\"extractive\",\"found\":false,\"passagesUsed\":0,\"passagesLeftOut\":0}\n\n");

        await AskAsync("What is the airspeed of an unladen swallow?");

        await Expect(Answer.Locator(".answer")).ToHaveTextAsync("Nothing in the documents you may read answers this.");
        await Expect(Answer).ToContainTextAsync("Try other words");
    }

    private async Task<string> UploadMeetingPlaceAsync()
    {
        var word = UniqueWord();
        await UploadAsync($"{word}.md", $"# Handbook of {word}\n\n## Meetings\n\nThe project {word} meets on Tuesdays at the old lighthouse.\n");
        await WaitUntilIndexedAsync($"{word}.md");
        return word;
    }

    private async Task TabToAsync(ILocator target)
    {
        for (var pressed = 0; pressed < 20; pressed++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        throw new ShouldAssertException("Twenty presses of Tab did not reach the marker.");
    }
}
