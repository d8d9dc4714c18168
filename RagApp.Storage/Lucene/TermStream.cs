using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace RagApp.Storage.Lucene;

/// <summary>Terms that are ready, as the index writer takes them in.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly IReadOnlyList<string> _terms;
    private readonly ICharTermAttribute _attribute;
    private int _next;

    public TermStream(IReadOnlyList<string> terms)
    {
        _terms = terms;
        _attribute = AddAttribute<ICharTermAttribute>();
    }

    public override bool IncrementToken()
    {
        if (_next == _terms.Count)
            return false;
        ClearAttributes();
        _attribute.SetEmpty().Append(_terms[_next++]);
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _next = 0;
    }
}
