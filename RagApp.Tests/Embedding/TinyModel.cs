using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding;

/// <summary>
/// A model folder that is made on the spot: a graph that looks up the vector of each token, a WordPiece vocabulary, and a description.
/// The vector of token n is (n, 1, 0), so that a test can compute what the pooled vector is.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    public const int Dimension = 3;

    /// <summary>The vocabulary; a token's id is its place.</summary>
    public static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "holi", "##day", "pay", "uber", "!", "中", "查", "sep", "[", "]"];

    private readonly TemporaryFolder _folder = new();

    /// <param name="pooling"><c>mean</c> or <c>cls</c>.</param>
    /// <param name="withTypes">True for a graph that has an input for token types, as BERT's have.</param>
    public TinyModel(string pooling, bool withTypes = true)
    {
        string[] inputs = withTypes ? ["input_ids", "attention_mask", "token_type_ids"] : ["input_ids", "attention_mask"];
        var table = Enumerable.Range(0, Vocabulary.Length).SelectMany(id => new float[] { id, 1, 0 });
        File.WriteAllBytes(Path.Combine(Folder, "model.onnx"), OnnxGraph.Lookup(inputs, "last_hidden_state", [.. table], Dimension));
        File.WriteAllLines(Path.Combine(Folder, "vocab.txt"), Vocabulary);
        var types = withTypes ? """, "types": "token_type_ids" """ : "";
        File.WriteAllText(Path.Combine(Folder, "model.json"), $$"""
            { "id": "tiny", "dimension": {{Dimension}}, "maxTokens": 16,
              "tokenizer": { "type": "wordpiece", "file": "vocab.txt", "prefixId": 2, "suffixId": 3 },
              "inputs": { "ids": "input_ids", "mask": "attention_mask"{{types}} }, "output": "last_hidden_state", "pooling": "{{pooling}}",
              "normalized": false, "queryPrefix": "", "passagePrefix": "pay ", "fusionWeight": 0.3 }
            """);
    }

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
