using System.Globalization;
using System.Text.Json;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>
/// A folder of documents, questions and judgements:
/// <code>
/// corpus.jsonl   {"id": "42", "title": "Leave", "text": "Everybody has ..."}
/// queries.jsonl  {"id": "q1", "text": "How much leave is there?"}
/// qrels.tsv      query-id, doc-id and grade, separated by tabs, below a line with their names
/// </code>
/// </summary>
/// <param name="Name">Name of the folder.</param>
/// <param name="Questions">Questions that have at least one relevance judgement.</param>
internal sealed record EvaluationSet(string Name, IReadOnlyList<EvaluationDocument> Documents, IReadOnlyList<EvaluationQuestion> Questions)
{
    private const string Corpus = "corpus.jsonl";
    private const string Queries = "queries.jsonl";
    private const string Judgements = "qrels.tsv";

    private readonly Lazy<HashSet<string>> _ids = new(() => Documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal));

    /// <summary>Folders of the sets below <paramref name="data"/>, by name; only <paramref name="data"/> itself when it is a set.</summary>
    public static IReadOnlyList<string> FoldersIn(string data) =>
        IsOne(data) ? [data] : [.. Directory.EnumerateDirectories(data).Where(IsOne).Order(StringComparer.Ordinal)];

    public static EvaluationSet Read(string folder)
    {
        var grades = File.ReadLines(Path.Combine(folder, Judgements)).Skip(1)
            .Select(line => line.Split('\t'))
            .GroupBy(fields => fields[0], StringComparer.Ordinal)
            .ToDictionary(
                question => question.Key,
                question => question.ToDictionary(fields => fields[1], fields => double.Parse(fields[2], CultureInfo.InvariantCulture), StringComparer.Ordinal),
                StringComparer.Ordinal);
        return new EvaluationSet(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            [.. ReadLines(folder, Corpus, json => new EvaluationDocument(Text(json, "id"), Text(json, "title"), Text(json, "text")))],
            [
                .. ReadLines(folder, Queries, json => (Id: Text(json, "id"), Text: Text(json, "text")))
                    .Where(question => grades.ContainsKey(question.Id))
                    .Select(question => new EvaluationQuestion(question.Id, question.Text, grades[question.Id])),
            ]);
    }

    /// <summary>The same set with at most <paramref name="questions"/> questions, evenly spread.</summary>
    public EvaluationSet WithAtMost(int questions) => questions >= Questions.Count
        ? this
        : this with { Questions = [.. Enumerable.Range(0, questions).Select(at => Questions[(int)((long)at * Questions.Count / questions)])] };

    /// <summary>
    /// True when these documents answer the questions of <paramref name="asked"/>: when it is this set, or when this set is the
    /// English one of a family that has the same documents in several languages (<c>xquad-de</c> and <c>xquad-en</c>).
    /// </summary>
    public bool IsAnsweredBy(EvaluationSet asked) => asked == this
        || (Name.EndsWith("-en", StringComparison.Ordinal)
            && asked.Name.StartsWith(Name[..^2], StringComparison.Ordinal)
            && asked.Questions.All(question => question.Grades.Keys.All(_ids.Value.Contains)));

    private static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, Corpus)) && File.Exists(Path.Combine(folder, Queries)) && File.Exists(Path.Combine(folder, Judgements));

    private static IEnumerable<T> ReadLines<T>(string folder, string file, Func<JsonElement, T> read)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, file)))
        {
            using var json = JsonDocument.Parse(line);
            yield return read(json.RootElement);
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}

internal sealed record EvaluationDocument(string Id, string Title, string Text);

/// <param name="Grades">Relevance grade, above 0, of each document that answers the question.</param>
internal sealed record EvaluationQuestion(string Id, string Text, IReadOnlyDictionary<string, double> Grades);
