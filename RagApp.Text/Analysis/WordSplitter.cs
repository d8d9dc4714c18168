using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace RagApp.Text.Analysis;

internal static class WordSplitter
{
    public static List<Word> Split(this Analyzer analyzer, string text)
    {
        var words = new List<Word>();
        using var stream = analyzer.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offset = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
            words.Add(new Word(term.ToString(), offset.StartOffset, offset.EndOffset));
        stream.End();
        return words;
    }
}
