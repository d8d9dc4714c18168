using Microsoft.Playwright;
using RagApp.Contracts.Answers;
using RagApp.Gateway.Answers;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>The page shows the quotes of an answer without a model: marked words, tables, lists, further places.</summary>
public sealed class QuoteTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private const string Ferry = "The ferry leaves at nine.\nIt takes an hour.";
    private const string Rates = "Country | Allowance\nFrance, Italy | 44 euro";
    private const string Sheet = "Country: France | Nights: 3 | Rate: 140\nCountry: Spain | Rate: 120";
    private const string Bars = "|  | 2027 | 2026 |\n|---|---|---|\n| Engineering | 13.4 | 11.8 |";
    private const string Steps = "When the disk is full:\n- Open the dashboard.\n- Drop the oldest partition,\n  and wait.";

    private ILocator Quotes => Answer.Locator(".quote");

    private ILocator More => Answer.Locator(".more-places");

    [Fact]
    public async Task Quote_WithItsAnswer_MarksTheWordsInAnswerAndSource()
    {
        await ShowAsync(("Ferry", Ferry, "at nine"));

        await Expect(Quotes.Locator("mark")).ToHaveTextAsync("at nine");
        await Expect(Answer.Locator(".citation mark")).ToHaveTextAsync("at nine");
        await Expect(Quotes).ToHaveTextAsync("“The ferry leaves at nine. It takes an hour.” [1]");
    }

    [Fact]
    public async Task Quote_WithItsAnswer_TellsScreenReadersWhereTheAnswerStands()
    {
        await ShowAsync(("Ferry", Ferry, "at nine"));

        (await Quotes.AriaSnapshotAsync()).ShouldContain("[answer] at nine [end of answer]");
    }

    [Fact]
    public async Task Quote_Copied_IsTheTextWithoutTheWordsForScreenReaders()
    {
        await ShowAsync(("Ferry", Ferry, "at nine"), ("Rates", Rates, "44 euro"));

        (await CopyAnswerAsync()).ShouldBe("From your documents:\n\n“The ferry leaves at nine. It takes an hour.” [1]");

        await More.Locator("summary").ClickAsync();
        (await CopyAnswerAsync()).ShouldEndWith("[1]\n\nCountry\tAllowance\nFrance, Italy\t44 euro\n[2]");
    }

    [Fact]
    public async Task FurtherQuotes_AreFoldedUntilTheKeyboardOpensThem()
    {
        await ShowAsync(("Ferry", Ferry, "at nine"), ("Rates", Rates, "44 euro"), ("Steps", Steps, "Drop"));

        await Expect(Quotes.Nth(0)).ToBeVisibleAsync();
        await Expect(Quotes.Nth(1)).ToBeHiddenAsync();
        var summary = More.GetByText("2 more places");
        await summary.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Quotes.Nth(1)).ToBeVisibleAsync();
        await Expect(Quotes.Nth(2)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task FurtherQuotes_Printed_AreOpen()
    {
        await ShowAsync(("Ferry", Ferry, "at nine"), ("Rates", Rates, "44 euro"));

        await Page.EmulateMediaAsync(new() { Media = Media.Print });

        (await Quotes.Nth(1).EvaluateAsync<bool>("quote => quote.checkVisibility() && quote.getBoundingClientRect().height > 20")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Rates, "44 euro", "Country,Allowance", "France, Italy|44 euro")]
    [InlineData(Bars, "13.4", ",2027,2026", "Engineering|13.4|11.8")]
    [InlineData(Sheet, "Rate: 120", "Country,Nights,Rate", "France|3|140;Spain||120")]
    [InlineData("2027\t2026\nEngineering\t13.4\t11.8", "13.4", ",2027,2026", "Engineering|13.4|11.8")]
    [InlineData("Engineering | 13.4 | 11.8", "13.4", "", "Engineering|13.4|11.8")]
    public async Task Quote_OfRows_IsATableWithItsHeader(string quote, string answer, string header, string rows)
    {
        await ShowAsync(("Table", quote, answer));

        string.Join(',', await Quotes.Locator("thead tr > *").AllTextContentsAsync()).ShouldBe(header);
        var shown = await Quotes.Locator("tbody tr").EvaluateAllAsync<string[]>("rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join('|'))");
        string.Join(';', shown).ShouldBe(rows);
        await Expect(Quotes.Locator("td mark")).ToHaveTextAsync(answer.Split(": ")[^1]);
    }

    [Fact]
    public async Task WideTable_OnANarrowScreen_ScrollsSidewaysToItsAnswerAndNotThePage()
    {
        await Page.SetViewportSizeAsync(360, 700);
        var columns = Enumerable.Range(1, 12).Select(column => $"Column number {column}").ToList();

        await ShowAsync(("Wide", $"{string.Join(" | ", columns)}\n{string.Join(" | ", columns.Select((_, at) => $"value{at}"))}", "value11"));

        (await Quotes.Locator("mark").EvaluateAsync<bool>(
            "mark => mark.getBoundingClientRect().right <= mark.closest('.table-frame').getBoundingClientRect().right")).ShouldBeTrue();
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
    }

    [Fact]
    public async Task Quote_OfAList_IsAListBelowItsIntroduction()
    {
        await ShowAsync(("Steps", Steps, "Drop the oldest"));

        await Expect(Quotes.Locator("p").First).ToHaveTextAsync("When the disk is full:");
        await Expect(Quotes.Locator("li")).ToHaveTextAsync(["Open the dashboard.", "Drop the oldest partition, and wait."]);
        await Expect(Quotes.Locator("li mark")).ToHaveTextAsync("Drop the oldest");
    }

    [Fact]
    public async Task Quote_ThatIsNotItsCitation_StaysTheTextThatItIs()
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(
            new AnswerEvent.Token("She said\n\n"), new AnswerEvent.Token("“something else” [1]"),
            new AnswerEvent.Cited(Cite(1, "Ferry", Ferry, "at nine")), Done);

        await AskAsync("When does the ferry leave?");

        await Expect(Answer.Locator(".answer p").Nth(1)).ToHaveTextAsync("“something else” [1]");
        await Expect(Quotes).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Passage_OfACitedRow_MarksTheAnswerAndUnderlinesTheRow()
    {
        var further = string.Concat(Enumerable.Range(1, 40).Select(ordinal => $$""",{"ordinal":{{ordinal}},"text":"Passage {{ordinal}}"}"""));
        await Page.RouteAsync("**/v1/documents/*/text", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = $$"""{"version":1,"passages":[{"ordinal":0,"text":"Country | Allowance\nGermany | 32 euro\nFrance, Italy | 44 euro"}{{further}}]}""",
        }));
        await ShowAsync(("Rates", Rates, "44 euro"));

        await Answer.Locator(".marker").ClickAsync();

        await Expect(Reader.Locator(".cited mark")).ToHaveTextAsync("44 euro");
        await Expect(Reader.Locator(".cited .quoted")).ToHaveTextAsync("France, Italy | ");
        (await Reader.EvaluateAsync<bool>("reader => reader.scrollHeight <= reader.clientHeight")).ShouldBeTrue("the head of the reader would scroll away");
    }

    private static AnswerEvent Done { get; } = new AnswerEvent.Done(
        new AnswerSummary("extractive", Model: null, Found: true, 3, 0, PromptTokens: null, CompletionTokens: null, TraceId: null));

    /// <summary>Asks a question whose answer quotes these places.</summary>
    private async Task ShowAsync(params (string Title, string Quote, string Answer)[] places)
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync([
            new AnswerEvent.Token("From your documents:"),
            .. places.SelectMany((place, at) => new AnswerEvent[]
            {
                new AnswerEvent.Token($"\n\n“{(place.Quote == Ferry ? Ferry.Replace('\n', ' ') : place.Quote)}” [{at + 1}]"),
                new AnswerEvent.Cited(Cite(at + 1, place.Title, place.Quote, place.Answer)),
            }),
            Done,
        ]);
        await AskAsync("When does the ferry leave?");
        await Expect(Answer.Locator(".summary")).ToBeVisibleAsync();
    }

    private static Citation Cite(int number, string title, string quote, string answer)
    {
        var start = quote.IndexOf(answer, StringComparison.Ordinal);
        return new Citation(number, "0123456789abcdef0123456789abcdef", 1, 0, title, $"{title}.md", "", Page: null, quote)
        {
            Answer = new TextRange(start, start + answer.Length),
        };
    }

    private Task<string> CopyAnswerAsync() => Page.EvaluateAsync<string>(
        "() => { getSelection().selectAllChildren(document.querySelector('.answer')); return getSelection().toString(); }");
}
