using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>The page tells whether answers are quotes, and which chat model on this machine can be connected.</summary>
public sealed class ModelsTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    [Fact]
    public async Task NoModel_SaysThatAnswersAreQuotesAndLinksTheRecipes()
    {
        await EnterAsync("demo-alice");

        await Expect(Page.Locator(".models")).ToContainTextAsync("Answers are quotes until a model is connected.");
        var recipes = await Page.RunAndWaitForPopupAsync(() => Page.GetByText("How to connect one").ClickAsync());
        await Expect(recipes.Locator("body")).ToContainTextAsync("--Chat:Local=ollama/");
    }

    [Fact]
    public async Task ModelFound_NamesItAndTheSettingThatUsesIt()
    {
        await RespondAsync("""{"models":[],"quotes":true,"found":[{"server":"Ollama","endpoint":"http://127.0.0.1:11434/v1","models":["llama3.2:3b"],"setting":"Chat:Local=ollama/llama3.2:3b"}]}""");

        await EnterAsync("demo-alice");

        await Expect(Page.Locator(".models")).ToContainTextAsync("Ollama serves llama3.2:3b here.");
        await Expect(Page.Locator(".models code")).ToHaveTextAsync("Chat:Local=ollama/llama3.2:3b");
    }

    [Fact]
    public async Task ModelConnected_SaysNothing()
    {
        await RespondAsync("""{"models":["llama3.2:3b"],"quotes":false,"found":[]}""");

        await EnterAsync("demo-alice");

        await Expect(Page.Locator(".models")).ToBeHiddenAsync();
    }

    private Task RespondAsync(string models) =>
        Page.RouteAsync("**/v1/models", route => route.FulfillAsync(new() { ContentType = "application/json", Body = models }));
}
