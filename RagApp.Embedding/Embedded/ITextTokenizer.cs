namespace RagApp.Embedding.Embedded;

/// <summary>The tokenizer of an embedded model; thread-safe.</summary>
internal interface ITextTokenizer
{
    /// <summary>The token ids of <paramref name="text"/>, start and end marks included.</summary>
    long[] Encode(string text);
}
