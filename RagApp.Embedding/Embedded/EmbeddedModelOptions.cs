using Microsoft.Extensions.Options;

namespace RagApp.Embedding.Embedded;

/// <summary>Folders of the embedded models, section <c>Embedding</c>.</summary>
public sealed class EmbeddedModelOptions
{
    public const string Section = "Embedding";

    /// <summary>
    /// Folder of the model, absolute or relative to the program's folder; <c>Models/multilingual-e5-small</c> by default.
    /// Every model folder is described by a <c>model.json</c>. Empty for no model.
    /// </summary>
    public string ModelPath { get; set; } = Path.Combine("Models", "multilingual-e5-small");

    /// <summary>Folders of further models to serve, such as the old and the new one while an index changes its model; none by default.</summary>
    public IReadOnlyList<string> ModelPaths { get; set; } = [];

    /// <summary>
    /// Processor of the models: <c>cpu</c> (default), or <c>cuda</c>, for which the program has to be built with the package
    /// Microsoft.ML.OnnxRuntime.Gpu.
    /// </summary>
    public ExecutionProvider ExecutionProvider { get; set; } = ExecutionProvider.Cpu;

    internal IEnumerable<string> FullPaths =>
        ModelPaths.Prepend(ModelPath).Where(path => path.Length > 0).Select(path => Path.GetFullPath(path, AppContext.BaseDirectory));
}

/// <summary>Ends the start with a sentence that names what a model folder lacks.</summary>
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
