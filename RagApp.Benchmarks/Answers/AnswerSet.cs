using System.Text.Json;
using RagApp.Benchmarks.Retrieval;

namespace RagApp.Benchmarks.Answers;

/// <summary>
/// An <see cref="EvaluationSet"/> with answers:
/// <code>
/// answers.jsonl       {"query-id": "q1", "answers": ["30 days", "30"]}
/// unanswerable.jsonl  {"id": "u1", "text": "How much leave is there for dogs?"}
/// </code>
/// </summary>
/// <param name="Answers">What answers a question, in other words or lengths, by the question's id.</param>
/// <param name="Unanswerable">Questions that look as if the documents answered them; empty when there are none.</param>
internal sealed record AnswerSet(
    EvaluationSet Set, IReadOnlyDictionary<string, IReadOnlyList<string>> Answers, IReadOnlyList<string> Unanswerable)
{
    private const string AnswersFile = "answers.jsonl";
    private const string UnanswerableFile = "unanswerable.jsonl";

    public string Name => Set.Name;

    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, AnswersFile));

    public static AnswerSet Read(string folder)
    {
        var answers = Lines(folder, AnswersFile).ToDictionary(
            line => line.GetProperty("query-id").GetString()!,
            line => (IReadOnlyList<string>)[.. line.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()!)],
            StringComparer.Ordinal);
        var set = EvaluationSet.Read(folder);
        return new AnswerSet(
            set with { Questions = [.. set.Questions.Where(question => answers.ContainsKey(question.Id))] },
            answers,
            [.. Lines(folder, UnanswerableFile).Select(line => line.GetProperty("text").GetString()!)]);
    }

    /// <summary>
    /// The first half of the documents as a set of its own, and the questions that only the other half answers: they
    /// are in the language of the documents and about something else.
    /// </summary>
    public (EvaluationSet Documents, IReadOnlyList<string> Questions) InHalf()
    {
        var documents = Set.Documents.Take(Set.Documents.Count / 2).ToList();
        var known = documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        return (
            new EvaluationSet($"{Name}-half", documents, []),
            [.. Set.Questions.Where(question => !question.Grades.Keys.Any(known.Contains)).Select(question => question.Text)]);
    }

    private static IEnumerable<JsonElement> Lines(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadLines(path).Select(line => JsonElement.Parse(line)) : [];
    }
}
