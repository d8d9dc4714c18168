using Microsoft.SemanticKernel;
using RagApp.Gateway.Answers.Model.Guard;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// The prompt of version <see cref="Version"/>: two template files, rendered by Semantic Kernel. Values are inserted unchanged and
/// never read as a template. Code assigns the roles, so the rendered text is never parsed for role markup; Semantic Kernel's
/// encoding against such markup is therefore off.
/// </summary>
internal sealed class AnswerPrompt
{
    public const string Version = "answer.v3";

    private readonly Kernel _kernel = new();
    private readonly IPromptTemplate _user;

    private AnswerPrompt(string system, IPromptTemplate user)
    {
        System = system;
        _user = user;
    }

    /// <summary>Instructions for the model; this template has no variable but their mark.</summary>
    public string System { get; }

    public static AnswerPrompt Load()
    {
        var user = new PromptTemplateConfig(Read(Version, "user"))
        {
            InputVariables =
            [
                new InputVariable { Name = "passages", AllowDangerouslySetContent = true },
                new InputVariable { Name = "question", AllowDangerouslySetContent = true },
            ],
        };
        return new AnswerPrompt(PromptMark.PutIn(Read(Version, "system")), new KernelPromptTemplateFactory().Create(user));
    }

    public Task<string> RenderUserAsync(string passages, string question, CancellationToken cancellationToken) =>
        _user.RenderAsync(_kernel, new KernelArguments { ["passages"] = passages, ["question"] = question }, cancellationToken);

    /// <summary>Reads a template file.</summary>
    public static string Read(string version, string role) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Prompts", $"{version}.{role}.txt")).Trim();
}
