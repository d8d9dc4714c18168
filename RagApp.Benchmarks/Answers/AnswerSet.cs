using System.Text.Json;
using RagApp.Benchmarks.Retrieval;

namespace RagApp.Benchmarks.Answers;

/// <summary>
/// An <see cref="EvaluationSet"/> with answers:
/// <code>
/// answers.jsonl       {"query-id": "q1", "answers": ["30 days", "30"]}
/// unanswerable.jsonl  {"id": "u1", "text": "How much leave is there for dogs?", "near-doc-id": "leave"}
/// </code>
/// </summary>
/// <param name="Answers">Accepted answers of each question, by question id; they differ in wording or length.</param>
/// <param name="Unanswerable">Questions that resemble answerable ones but have no answer in the documents; empty when the set has none.</param>
internal sealed record AnswerSet(
    EvaluationSet Set, IReadOnlyDictionary<string, IReadOnlyList<string>> Answers, IReadOnlyList<UnanswerableQuestion> Unanswerable)
{
    private const string AnswersFile = "answers.jsonl";
    private const string UnanswerableFile = "unanswerable.jsonl";

    public string Name => Set.Name;

    /// <summary>The sets with answers below <paramref name="data"/>.</summary>
    /// <param name="names">Names of the sets between commas; null for all.</param>
    /// <param name="leftOut">Titles of documents between commas, whose questions are left out; null for none.</param>
    /// <exception cref="UsageException">There is no such set, or no document with such a title.</exception>
    public static IReadOnlyList<AnswerSet> ReadAll(string data, string? names, string? leftOut)
    {
        var wanted = names?.Split(',');
        var questions = LeftOutQuestions.Of(data, leftOut?.Split(',') ?? []);
        var sets = EvaluationSet.FoldersIn(data).Where(IsOne)
            .Where(folder => wanted is null || wanted.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))))
            .Select(folder => questions.RemoveFrom(Read(folder))).ToList();
        return sets.Count > 0 ? sets : throw new UsageException("There is no such set with answers.");
    }

    private static bool IsOne(string folder) => File.Exists(Path.Combine(folder, AnswersFile));

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
            [
                .. Lines(folder, UnanswerableFile).Select(line => new UnanswerableQuestion(
                    line.GetProperty("text").GetString()!, line.TryGetProperty("near-doc-id", out var near) ? near.GetString() : null)),
            ]);
    }

    /// <summary>
    /// The first half of the documents as a set of its own, and the questions that only the second half answers. These
    /// questions have the language of the first half but another subject, so the first half cannot answer them.
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

/// <param name="NearDocument">Id of the document that the question resembles; null when the set does not say.</param>
internal sealed record UnanswerableQuestion(string Text, string? NearDocument);
