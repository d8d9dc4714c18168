using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Embeddings;

/// <summary>
/// Properties of an embedding model and settings of its calls, whoever serves it. In the messages <c>MODEL</c> stands for the section.
/// </summary>
public abstract class EmbeddingModelOptions
{
    /// <summary>Word of the messages that <see cref="EmbeddingModelCheck"/> replaces by the section.</summary>
    internal const string Placeholder = "MODEL:";

    /// <summary>Dimension of the model's vectors, 1 to 65,536; required, because the index is built for this dimension.</summary>
    [Range(1, 65_536, ErrorMessage = "MODEL:Dimension is missing or not between 1 and 65536: say how many numbers the model's vectors have.")]
    public int Dimension { get; set; }

    /// <summary>Longest text in tokens, 16 to 1,000,000; 8,191 by default. The provider counts the tokens and refuses longer texts.</summary>
    [Range(16, 1_000_000, ErrorMessage = "MODEL:MaxTokens lies between 16 and 1000000.")]
    public int MaxTokens { get; set; } = 8191;

    /// <summary>Weight of the dense list in hybrid search, 0 to 1; 0.5 by default. Use 0.2 for a weak model.</summary>
    [Range(0.0, 1.0, ErrorMessage = "MODEL:FusionWeight lies between 0 and 1.")]
    public double FusionWeight { get; set; } = 0.5;

    /// <summary>
    /// Cosine from which two questions are similar enough to share a chat model's answer, 0 to 1; unknown by default, so that only the same
    /// question shares one.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "MODEL:AnswerSimilarity lies between 0 and 1.")]
    public double? AnswerSimilarity { get; set; }

    /// <summary>Text that the model expects in front of a question; empty by default.</summary>
    public string QueryPrefix { get; set; } = "";

    /// <summary>Text that the model expects in front of a passage; empty by default.</summary>
    public string PassagePrefix { get; set; } = "";

    /// <summary>
    /// Token encoding of the model, <c>cl100k_base</c> or <c>o200k_base</c>; by default it is known for OpenAI's models only. With
    /// it, over-long texts are recognized before the call.
    /// </summary>
    [AllowedValues(null, "o200k_base", "cl100k_base", ErrorMessage = "MODEL:Tokenizer is cl100k_base or o200k_base: leave it out for any other model.")]
    public string? Tokenizer { get; set; }

    /// <summary>Price of a million tokens in US dollars, 0 to 100,000; unknown by default, so that calls cost nothing.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "MODEL:InputPrice lies between 0 and 100000 (US dollars per million tokens).")]
    public decimal? InputPrice { get; set; }

    /// <summary>
    /// Largest number of texts in one call to a provider, 1 to 2,048; by default 64, of Cohere 96, of TEI 32.
    /// </summary>
    [Range(1, 2048, ErrorMessage = "MODEL:BatchSize lies between 1 and 2048.")]
    public int? BatchSize { get; set; }

    /// <summary>
    /// Largest number of tokens in one call to a provider, estimated from the texts, 1,024 to 10,000,000; by default 200,000, of
    /// TEI 16,384, of Ollama 32,768.
    /// </summary>
    [Range(1024, 10_000_000, ErrorMessage = "MODEL:BatchTokens lies between 1024 and 10000000.")]
    public int? BatchTokens { get; set; }

    /// <summary>Longest time that a text waits for others to share its call, 0 s to 1 s; 5 ms by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ErrorMessage = "MODEL:BatchWait lies between 00:00:00 and 00:00:01.")]
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Largest number of calls of the model at the same time, 1 to 256; 4 by default. Bulk work leaves one of them to questions.</summary>
    [Range(1, 256, ErrorMessage = "MODEL:Calls lies between 1 and 256.")]
    public int Calls { get; set; } = 4;

    /// <summary>Largest number of waiting texts, of questions and of bulk work each, 1 to 100,000; 8,192 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "MODEL:QueueCapacity lies between 1 and 100000.")]
    public int QueueCapacity { get; set; } = 8192;
}
