using System.Diagnostics;
using RagApp.Contracts.Search;
using RagApp.Text;
using RagApp.Text.Analysis;

namespace RagApp.Query.Routing;

/// <summary>
/// Decides how to search for a question from its words alone, without a model or an index. A mode that the caller names is
/// kept, and small talk and requests out of scope are then not recognized either. In doubt, keywords and meaning are both searched.
/// </summary>
internal sealed class Router(SmallTalk smallTalk, OutOfScope outOfScope, Languages languages, ITextAnalysis analysis)
{
    /// <summary>Largest number of words of a keyword query; a text with more words is a question.</summary>
    private const int MaxKeywords = 5;

    public RoutedQuestion Route(SearchRequest request)
    {
        var question = request.Query;
        if (request.Mode is null && smallTalk.Answer(question) is { } answer)
            return new RoutedQuestion(answer.Route, SearchMode.Hybrid, "Answered without a search: it asks nothing of the documents.") { Reply = answer.Reply };
        if (request.Mode is null && outOfScope.ReplyTo(question) is { } reply)
            return new RoutedQuestion(SearchRoute.OutOfScope, SearchMode.Hybrid, "Answered without a search: no document can answer it.") { Reply = reply };

        var words = Words.Of(question);
        var language = analysis.DetectLanguage(question);
        var isQuestion = question.AsSpan().ContainsAny('?', '？', '؟') || languages.For(language).QuestionWords.AnyIn(words);
        var exact = ExactLookup.In(question, isQuestion);
        var route = exact is not null ? SearchRoute.Exact
            : !isQuestion && words.Count <= MaxKeywords ? SearchRoute.Keywords
            : SearchRoute.Question;
        return request.Mode is { } asked
            ? new RoutedQuestion(route, asked, AsAskedFor(asked))
            : exact is not null ? new RoutedQuestion(route, SearchMode.Keyword, ReasonFor(exact)) { Exact = exact }
            : analysis.Terms(question, language).Count == 0
                ? new RoutedQuestion(route, SearchMode.Semantic, "Meaning alone: it has no word by which passages differ.")
            : new RoutedQuestion(route, SearchMode.Hybrid, route == SearchRoute.Keywords
                ? "Keywords and meaning together: a few words may be meant either way."
                : "Keywords and meaning together, as for every question.");
    }

    private static string ReasonFor(ExactLookup exact) => exact switch
    {
        { FileName: not null } => "Keywords alone, documents of that name first: it is the name of a file.",
        { Phrases.Count: > 0 } => "Keywords alone, and only passages with the quoted words as they stand.",
        _ => "Keywords alone: codes and identifiers are looked up as they are written.",
    };

    private static string AsAskedFor(SearchMode mode) => mode switch
    {
        SearchMode.Hybrid => "Keywords and meaning together, as asked for.",
        SearchMode.Keyword => "Keywords alone, as asked for.",
        SearchMode.Semantic => "Meaning alone, as asked for.",
        _ => throw new UnreachableException(),
    };
}
