using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Text;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Tells what a question names and its best document does not have: the reader takes the sales of one year for those of another, and one product for
/// another. Other words of a question need not stand in its answer.
/// </summary>
internal static partial class Coverage
{
    /// <summary>
    /// True when the question names a year, and the passages found in the document have other years but not this one, or the best passage is a table with
    /// columns for other years. A document without years may be about any.
    /// </summary>
    public static bool LacksYear(Question question, SearchHit best)
    {
        var asked = YearsIn(question.Text);
        return (asked.Exists(year => !Has(best, year)) && HasColumnsOfYears(best.Text))
            || (Lacks(question, best, asked) && question.Passages.Any(passage => passage.DocumentId == best.DocumentId && Year().IsMatch(passage.Text)));
    }

    /// <summary>True when the question names a day, and the passage has it in some form.</summary>
    public static bool HasDay(Question question, SearchHit passage) => DaysOf(question).Any(day => WrittenDates.Has(passage.Text, day));

    /// <summary>True when the question names a day that no passage found in the document has, and the best passage has another one.</summary>
    public static bool LacksDay(Question question, SearchHit best) =>
        DaysOf(question).Any(day => !question.Passages.Any(passage => passage.DocumentId == best.DocumentId && WrittenDates.Has(passage.Text, day)))
        && WrittenDates.In(best.Text).Any();

    /// <summary>True when the question has a name that no passage found in the document has. In a German question every noun looks like a name.</summary>
    /// <param name="language">Language of the question, two letters (ISO 639-1).</param>
    public static bool LacksName(Question question, SearchHit best, string language) =>
        language != "de" && language == best.Properties?.Language
        && Lacks(question, best, Name().Matches(question.Text).Select(match => match.Value.TrimEnd('s')));

    private static List<string> YearsIn(string text) => Year().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>True when a row of the text has several years, as the names of columns.</summary>
    private static bool HasColumnsOfYears(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(line => TableHeader.IsRow(line) && YearsIn(line).Count > 1);

    private static IEnumerable<DateOnly> DaysOf(Question question) => WrittenDates.In(question.Understood);

    private static bool Lacks(Question question, SearchHit best, IEnumerable<string> words)
    {
        var passages = question.Passages.Where(passage => passage.DocumentId == best.DocumentId).ToList();
        return words.Any(word => !passages.Exists(passage => Has(passage, word)));
    }

    private static bool Has(SearchHit passage, string word) =>
        Has(passage.Text, word) || Has(passage.Title, word) || Has(passage.Section, word) || Has(passage.Path, word);

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}.,-])(?:19|20)[0-9]{2}(?![\p{L}\p{Nd}]|[.,-][0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Year();

    /// <summary>A word with a capital letter that does not begin the question, a sentence or a quotation.</summary>
    [GeneratedRegex(@"(?<=[\p{L}\p{Nd},;)] )\p{Lu}[\p{L}\p{Nd}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
