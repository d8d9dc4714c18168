using System.Globalization;
using Microsoft.SemanticKernel;
using RagApp.Gateway.Answers.Model;
using RagApp.Gateway.Answers.Model.Guard;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>The instructions of version <see cref="Version"/>, a template that tells the model its bounds.</summary>
internal sealed class AgenticPrompt
{
    public const string Version = "agentic.v2";

    private readonly Kernel _kernel = new();
    private readonly IPromptTemplate _system = new KernelPromptTemplateFactory().Create(new PromptTemplateConfig(AnswerPrompt.Read(Version, "system")));

    public Task<string> RenderSystemAsync(AgenticOptions options, CancellationToken cancellationToken) => _system.RenderAsync(
        _kernel,
        new KernelArguments
        {
            ["rounds"] = options.Rounds.ToString(CultureInfo.InvariantCulture),
            ["mark"] = PromptMark.Value,
            ["calls"] = options.ToolCalls.ToString(CultureInfo.InvariantCulture),
        },
        cancellationToken);
}
