using Microsoft.Extensions.Options;

namespace RagApp.Embedding.Embedded;

/// <summary>The embedded models, section <c>Embedding</c>.</summary>
public sealed class EmbeddedModelOptions
{
    public const string Section = "Embedding";

    /// <summary>
    /// Folder of the model, absolute or relative to the program's own folder; <c>Models/multilingual-e5-small</c> by
    /// default. Another model's folder is described by a <c>model.json</c> of the same form. Empty: none.
    /// </summary>
    public string ModelPath { get; set; } = Path.Combine("Models", "multilingual-e5-small");

    /// <summary>Folders of further models that are served beside it, as when an index goes over from one to another; none by default.</summary>
    public IReadOnlyList<string> ModelPaths { get; set; } = [];

    internal IEnumerable<string> FullPaths =>
        ModelPaths.Prepend(ModelPath).Where(path => path.Length > 0).Select(path => Path.GetFullPath(path, AppContext.BaseDirectory));
}

/// <summary>Stops the start with a sentence that names what the model's folder lacks.</summary>
internal sealed class EmbeddedModelOptionsValidator : IValidateOptions<EmbeddedModelOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedModelOptions options)
    {
        var problems = options.FullPaths.Select(path => Problem(path) is { } problem ? $"Embedding:{Setting(path, options)}: {problem}" : null).OfType<string>().ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string Setting(string path, EmbeddedModelOptions options) =>
        path == Path.GetFullPath(options.ModelPath, AppContext.BaseDirectory) ? nameof(options.ModelPath) : nameof(options.ModelPaths);

    private static string? Problem(string path)
    {
        try
        {
            ModelFolder.Open(path);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }
}
