using RagApp.Benchmarks.Retrieval;

namespace RagApp.Benchmarks.Answers;

/// <summary>
/// Questions about documents that are left out of a measurement, such as those on which the reader was trained. Sets of one
/// folder share question ids, so that a set without titles loses the questions that have the id in another set.
/// </summary>
internal sealed record LeftOutQuestions(IReadOnlySet<string> Questions, IReadOnlySet<string> Documents)
{
    /// <param name="titles">Titles of the documents to leave out.</param>
    /// <exception cref="UsageException">No document has one of the titles.</exception>
    public static LeftOutQuestions Of(string data, IReadOnlyCollection<string> titles)
    {
        if (titles.Count == 0)
            return new LeftOutQuestions(new HashSet<string>(), new HashSet<string>());
        var sets = EvaluationSet.FoldersIn(data).Select(EvaluationSet.Read).ToList();
        var documents = sets.SelectMany(set => set.Documents).Where(document => titles.Contains(document.Title)).ToList();
        if (titles.Except(documents.Select(document => document.Title), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new UsageException($"No document has the title '{unknown}'.");
        var ids = documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        return new LeftOutQuestions(
            sets.SelectMany(set => set.Questions).Where(question => question.Grades.Keys.Any(ids.Contains)).Select(question => question.Id).ToHashSet(StringComparer.Ordinal),
            ids);
    }

    /// <summary>The set without these questions; all documents stay.</summary>
    public AnswerSet RemoveFrom(AnswerSet set) => set with
    {
        Set = set.Set with { Questions = [.. set.Set.Questions.Where(question => !Questions.Contains(question.Id))] },
        Unanswerable = [.. set.Unanswerable.Where(question => question.NearDocument is null || !Documents.Contains(question.NearDocument))],
    };
}
