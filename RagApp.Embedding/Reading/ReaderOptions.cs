using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Embedding.Reading;

/// <summary>The reader, section <c>Embedding:Reader</c>.</summary>
public sealed class ReaderOptions
{
    public const string Section = "Embedding:Reader";

    /// <summary>
    /// Folder of the reader, absolute or relative to the program's folder; <c>Models/multilingual-e5-small</c> by default. The folder holds a
    /// <c>reader.json</c> beside the <c>model.json</c> whose tokenizer the reader shares. Empty for no reader.
    /// </summary>
    public string Path { get; set; } = System.IO.Path.Combine("Models", "multilingual-e5-small");

    /// <summary>Largest number of passages of one request, 1 to 100; 24 by default.</summary>
    [Range(1, 100, ErrorMessage = "Embedding:Reader:MaxPassages lies between 1 and 100.")]
    public int MaxPassages { get; set; } = 24;

    /// <summary>
    /// Largest number of tokens of one request that are read, 384 to 1,000,000; 8,192 by default: about three seconds of one processor. Passages beyond it are
    /// left out.
    /// </summary>
    [Range(384, 1_000_000, ErrorMessage = "Embedding:Reader:MaxTokens lies between 384 and 1000000.")]
    public int MaxTokens { get; set; } = 8192;

    /// <summary>
    /// Longest time that one request is read, 00:00:00.100 to 00:01:00; 4 seconds by default, which is less than the gateway waits. Passages that are not read
    /// by then are left out.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Embedding:Reader:MaxTime lies between 00:00:00.100 and 00:01:00.")]
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromSeconds(4);

    internal string FullPath => System.IO.Path.GetFullPath(Path, AppContext.BaseDirectory);
}

/// <summary>Ends the start with a sentence that names what the reader's folder lacks.</summary>
internal sealed class ReaderOptionsValidator : IValidateOptions<ReaderOptions>
{
    public ValidateOptionsResult Validate(string? name, ReaderOptions options)
    {
        if (options.Path.Length == 0)
            return ValidateOptionsResult.Success;
        try
        {
            ReaderFolder.Open(options.FullPath);
            return ValidateOptionsResult.Success;
        }
        catch (InvalidDataException exception)
        {
            return ValidateOptionsResult.Fail($"{ReaderOptions.Section}:{nameof(options.Path)}: {exception.Message}");
        }
    }
}
