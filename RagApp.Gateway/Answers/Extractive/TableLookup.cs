using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Text;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Looks an answer up in tables: the row whose label the question names, and in it the cell whose column the question names. The reader often takes the
/// neighbouring row, or none.
/// </summary>
internal sealed class TableLookup(ITextAnalysis analysis)
{
    private const string AfterName = ": ";

    /// <summary>Marks between the names of a row that holds for several: "France, Italy, Spain".</summary>
    private static readonly char[] Alternatives = [',', ';', '/', '、'];

    /// <summary>Least share of a label's words that the question has.</summary>
    private const double LeastLabel = 0.6;

    /// <summary>Least share of the question's words that the row, its columns, title and headings have.</summary>
    private const double LeastCovered = 0.49;

    /// <summary>Finds the row of a passage that the question names; null when it names none.</summary>
    public CellFound? Find(Question question, SearchHit passage, IReadOnlyList<QuotableSentence> sentences)
    {
        if (!sentences.Any(sentence => sentence.IsRow))
            return null;
        var language = passage.Properties?.Language ?? analysis.DetectLanguage(passage.Text);
        var asked = analysis.QuestionTerms(question.Understood, language).ToHashSet(StringComparer.Ordinal);
        var around = Terms($"{passage.Title} {passage.Section}");
        CellFound? best = null;
        foreach (var row in sentences.Where(sentence => sentence.IsRow && !sentence.IsHeader))
        {
            if (Read(row, asked, around, Terms) is { } found && found.Covered > (best?.Covered ?? LeastCovered))
                best = found;
        }
        return best;

        HashSet<string> Terms(string text) => analysis.Terms(text, language).ToHashSet(StringComparer.Ordinal);
    }

    private static CellFound? Read(QuotableSentence row, HashSet<string> asked, HashSet<string> around, Func<string, HashSet<string>> terms)
    {
        var cells = CellsOf(row);
        if (cells.Count < 2 || asked.Count == 0)
            return null;
        var label = cells[0].Text.Split(Alternatives, StringSplitOptions.RemoveEmptyEntries).Select(terms)
            .Where(named => named.Count > 0 && named.Count(asked.Contains) >= LeastLabel * named.Count)
            .MaxBy(named => named.Count(asked.Contains));
        if (label is null)
            return null;

        var columns = cells.Skip(1).Select(cell => (Cell: cell, Named: terms(cell.Name).Count(term => asked.Contains(term) && !label.Contains(term)))).ToList();
        var most = columns.Max(column => column.Named);
        var named = columns.Where(column => column.Named == most).ToList();
        var covered = terms(row.Header ?? "").Union(around).Union(label).Union(columns.SelectMany(column => terms(column.Cell.Name))).Count(asked.Contains);
        var (from, to) = most > 0 && named.Count == 1
            ? (named[0].Cell.Start, named[0].Cell.Start + named[0].Cell.Text.Length)
            : (row.Start, row.End);
        return new CellFound(new ReadSpan(from, to, 0, IsInContext: false), covered / (double)asked.Count);
    }

    /// <summary>The cells of a row, each with the name of its column as far as it is known.</summary>
    private static List<(string Name, string Text, int Start)> CellsOf(QuotableSentence row)
    {
        var names = row.Header?.Split('\n').Select(TableCells.Of).LastOrDefault(cells => cells.Length > 1) ?? [];
        var texts = TableCells.Of(row.Text).Where(cell => cell.Any(char.IsLetterOrDigit)).ToList();
        var shift = texts.Count - names.Length;
        var cells = new List<(string Name, string Text, int Start)>();
        var at = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            at = row.Text.IndexOf(texts[i], at, StringComparison.Ordinal);
            var border = texts[i].IndexOf(AfterName, StringComparison.Ordinal);
            cells.Add(border > 0
                ? (texts[i][..border], texts[i][(border + AfterName.Length)..], row.Start + at + border + AfterName.Length)
                : (shift is 0 or 1 && i >= shift && names.Length > 0 ? names[i - shift] : "", texts[i], row.Start + at));
            at += texts[i].Length;
        }
        return cells;
    }
}

/// <param name="Span">The cell, or the whole row when the question names no column.</param>
/// <param name="Covered">Share of the question's words that the row, its columns, title and headings have, 0 to 1.</param>
internal sealed record CellFound(ReadSpan Span, double Covered);
