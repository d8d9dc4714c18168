using Microsoft.Extensions.Options;

namespace RagApp.Embedding.Embedded;

/// <summary>The embedded model, section <c>Embedding</c>.</summary>
public sealed class EmbeddedModelOptions
{
    public const string Section = "Embedding";

    /// <summary>
    /// Folder of the model, absolute or relative to the program's own folder; <c>Models/multilingual-e5-small</c> by
    /// default. Another model's folder is described by a <c>model.json</c> of the same form.
    /// </summary>
    public string ModelPath { get; set; } = Path.Combine("Models", "multilingual-e5-small");

    internal string FullPath => Path.GetFullPath(ModelPath, AppContext.BaseDirectory);
}

/// <summary>Stops the start with a sentence that names what the model's folder lacks.</summary>
internal sealed class EmbeddedModelOptionsValidator : IValidateOptions<EmbeddedModelOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedModelOptions options)
    {
        try
        {
            ModelFolder.Open(options.FullPath);
            return ValidateOptionsResult.Success;
        }
        catch (InvalidDataException exception)
        {
            return ValidateOptionsResult.Fail($"Embedding:ModelPath: {exception.Message}");
        }
    }
}
