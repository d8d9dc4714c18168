using RagApp.Embedding.Reading;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>The reader gives the tokens, spans and logits that were recorded with the model.</summary>
public sealed class EmbeddedReaderTests(LoadedReader loaded) : IClassFixture<LoadedReader>
{
    private EmbeddedReader Reader => loaded.Reader;

    public static TheoryData<int> Pairs => [.. Enumerable.Range(0, ReaderReference.All.Length)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Windows_ReferencePair_GiveTheModelsTokens(int index)
    {
        var pair = ReaderReference.All[index];

        Reader.Windows(pair.Question, "", pair.Passage).ShouldHaveSingleItem().Tokens.ShouldBe(pair.InputIds);
    }

    /// <summary>The logits of processor families differ a little.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Run_ReferencePair_FindsTheSpan(int index)
    {
        var pair = ReaderReference.All[index];
        var window = Reader.Windows(pair.Question, "", pair.Passage)[0];

        var reading = Reader.Interpret(window, Reader.Run(window.Tokens));

        pair.Passage[reading.Spans[0].Start..reading.Spans[0].End].ShouldBe(pair.Text);
        reading.Answerable.ShouldBe(pair.Answerable, 0.3);
        reading.Margin.ShouldBe(pair.Score - pair.None, 0.6);
    }
}
