using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;
using RagApp.Text;
using RagApp.Text.Instructions;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>
/// The tools of an agentic answer, a plugin of Semantic Kernel. They read, and nothing else. Each call goes to the services with the identity of the
/// person who asks, which no argument can change, so that a tool finds what that person's own searches find.
/// </summary>
internal sealed class SearchTools(Question question, SearchClient search, DocumentClient documents, FoundPassages passages, SearchBounds bounds, int top)
{
    private const string Plugin = "documents";
    private const string Search = "search";
    private const string ReadAround = "read_around";
    private const string List = "list";

    private const int MostDocuments = 20;
    private const int LongestText = 400;

    /// <summary>Number of passages before and after one that <see cref="ReadAroundAsync"/> reads.</summary>
    private const int Neighbours = 2;

    private readonly SearchScope _scope = new(question.Filters);

    public IList<AITool> ToTools()
    {
        var kernel = new Kernel();
        return [.. KernelPluginFactory.CreateFromObject(this, Plugin).Select(function => function.WithKernel(kernel))];
    }

    /// <summary>Description of a call for the person who waits: the words that it looks for. Null for a call of no tool.</summary>
    public AnswerProgress? Describe(FunctionCallContent call)
    {
        string Argument(string name) => call.Arguments?.TryGetValue(name, out var value) is true ? Short($"{value}") : "";
        return call.Name switch
        {
            $"{Plugin}_{Search}" => new AnswerProgress("search", Argument("query")),
            $"{Plugin}_{ReadAround}" => new AnswerProgress("read", int.TryParse(Argument("passage"), CultureInfo.InvariantCulture, out var number) ? passages[number]?.Title ?? "" : ""),
            $"{Plugin}_{List}" => new AnswerProgress("list", Argument("name")),
            _ => null,
        };
    }

    [KernelFunction(Search)]
    [Description("Finds passages of the documents by words and by meaning, and numbers them for citation.")]
    public async Task<string> SearchAsync(
        [Description("Words or a question to search for.")] string query,
        [Description("Only one kind of file: pdf, word, powerpoint, excel, html, markdown, text, mail, book, data.")] string? type = null,
        [Description("Only documents from this day on, such as 2024-01-31.")] string? from = null,
        [Description("Only documents before this day, such as 2025-01-01.")] string? before = null,
        [Description("Only the document with this id, from the list of documents.")] string? document = null,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query) || !IsDay(from, out var first) || !IsDay(before, out var end))
            return Counted("The search needs a 'query', and days such as 2024-01-31.");
        var request = new SearchRequest(Short(query), top) { Filters = _scope.Narrow(document, type, first, end), FindFilters = false };
        return await ReadAsync(async () => (await search.SearchAsync(question.Principal, request, cancellationToken)).Hits);
    }

    [KernelFunction(ReadAround)]
    [Description("Reads the passages before and after a passage in its document.")]
    public async Task<string> ReadAroundAsync([Description("Number of the passage.")] int passage, CancellationToken cancellationToken = default)
    {
        if (passages[passage] is not { } hit)
            return Counted($"There is no passage {passage}.");
        var ordinals = (hit.Parts ?? [hit]).Select(part => part.Ordinal).ToList();
        return await ReadAsync(async () =>
        {
            var text = await documents.GetTextAsync(question.Principal, hit.DocumentId, cancellationToken);
            return [.. text.Passages.Where(near => near.Ordinal >= ordinals.Min() - Neighbours && near.Ordinal <= ordinals.Max() + Neighbours).Select(near => HitOf(near, text, hit))];
        });
    }

    [KernelFunction(List)]
    [Description("Lists documents whose title or path has a text, with their ids.")]
    public async Task<string> ListAsync([Description("Part of the title or of the path.")] string name, CancellationToken cancellationToken = default)
    {
        var page = await documents.ListAsync(question.Principal, new DocumentListFilter(Name: Short(name)), after: null, MostDocuments, cancellationToken);
        var lines = new StringBuilder();
        foreach (var document in page.Documents.Where(_scope.Includes).Where(document => !HostileInstructions.AreIn($"{document.Title}\n\n{document.Path}")))
            lines.Append(CultureInfo.InvariantCulture, $"{PromptText.Escape(document.Title)} ({PromptText.Escape(document.Path)}), id {document.Id}\n");
        return Counted(lines.Length == 0 ? "No document has such a name." : lines.ToString());
    }

    /// <summary>Adds what a call finds. A request that the service refuses is told to the model; any other failure ends the answer.</summary>
    private async Task<string> ReadAsync(Func<Task<IReadOnlyList<SearchHit>>> find)
    {
        try
        {
            return Counted(passages.Add(await find(), bounds.Room));
        }
        catch (ApiException refused) when (refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            return Counted(refused.Message);
        }
    }

    private string Counted(string result)
    {
        bounds.Added(result);
        return result;
    }

    private static SearchHit HitOf(Passage passage, DocumentText text, SearchHit near) => new(
        text.DocumentId, text.Version, passage.Ordinal, text.Title, text.Path, passage.Section, passage.Page, passage.Text, near.Score, KeywordScore: null, SemanticScore: null)
    {
        Properties = near.Properties,
    };

    private static bool IsDay(string? text, out DateTimeOffset? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var isDay = DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = isDay ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
        return isDay;
    }

    private static string Short(string text) => Truncation.Head(text, LongestText);
}
