using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Models;
using RagApp.Models.Chat;
using RagApp.Models.Errors;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Calls the chat model with a deadline; when the call fails, the search goes on without it. The model's text is not trusted:
/// only short lines are accepted, and they are used for nothing but searching.
/// </summary>
internal sealed class RewritingModel(
    ConfiguredChatModel configured, IOptions<RewritingOptions> options, TimeProvider time, Telemetry telemetry, ILogger<RewritingModel> logger)
{
    /// <summary>Name of the feature in the metrics and reports of model calls.</summary>
    private const string Feature = "rewriting";

    private const int MaxOutputTokens = 300;

    /// <summary>Largest number of lines of an answer; an answer with more lines is not usable.</summary>
    private const int MaxLines = 8;

    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Value.ModelTimeout).Build();

    public bool IsConfigured => configured.Model is not null;

    /// <summary>Returns the lines of the answer; none when the model fails, is late or gives an unusable answer.</summary>
    /// <param name="principal">The person who asks.</param>
    /// <param name="maxLength">Longest line that is accepted, in characters.</param>
    public async Task<IReadOnlyList<string>> AskAsync(Principal principal, string system, string user, int maxLength, CancellationToken cancellationToken)
    {
        if (configured.Model is not { } model)
            return [];
        using var client = model.ClientFor(ModelCaller.Of(principal, Feature) with { MaxWait = options.Value.ModelTimeout });
        ChatMessage[] messages = [new(ChatRole.System, system), new(ChatRole.User, user)];
        var limits = new ChatOptions { MaxOutputTokens = Math.Min(MaxOutputTokens, model.MaxOutputTokens) };
        try
        {
            var answer = await _timeout.ExecuteAsync(async token => await client.GetResponseAsync(messages, limits, token), cancellationToken);
            var lines = Lines(answer.Text);
            if (lines.Count is > 0 and <= MaxLines && lines.TrueForAll(line => line.Length <= maxLength && line.Any(char.IsLetterOrDigit)))
                return lines;
            Failed("unusable");
        }
        catch (ProblemException exception) // of the model, or of a budget
        {
            Failed(exception is ModelException { Error: ModelError.TimedOut } ? "timeout" : "failed");
        }
        catch (TimeoutRejectedException)
        {
            Failed("timeout");
        }
        return [];
    }

    private void Failed(string cause)
    {
        logger.ModelDidNotRewrite(cause);
        telemetry.ModelFailed(cause);
    }

    /// <summary>Splits the answer into lines and removes numbers, bullets, surrounding quotation marks and control characters.</summary>
    private static List<string> Lines(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Concat(line.Where(c => !char.IsControl(c))).Trim().TrimStart('-', '*', '•', ' ').Trim('"', '“', '”', ' '))
            .Select(WithoutNumber)
            .Where(line => line.Length > 0),
    ];

    private static string WithoutNumber(string line) =>
        line is [>= '1' and <= '9', '.' or ')', ' ', ..] ? line[3..].Trim() : line;
}
