using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>A token stream for the index writer that repeats each term as often as it counts.</summary>
internal sealed class CountedTerms : TokenStream
{
    private readonly IReadOnlyList<KeyValuePair<string, int>> _terms;
    private readonly ICharTermAttribute _attribute;
    private int _next;
    private int _left;

    public CountedTerms(IReadOnlyDictionary<string, int> terms)
    {
        _terms = [.. terms];
        _attribute = AddAttribute<ICharTermAttribute>();
    }

    public override bool IncrementToken()
    {
        if (_left == 0)
        {
            if (_next == _terms.Count)
                return false;
            ClearAttributes();
            (var term, _left) = _terms[_next++];
            _attribute.SetEmpty().Append(term);
        }
        _left--;
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        (_next, _left) = (0, 0);
    }
}
