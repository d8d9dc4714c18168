using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagApp.Models.Chat;
using RagApp.Models.Errors;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Asks the chat model within a deadline. Whatever goes wrong, a search goes on without it. What comes back is text
/// that may say anything: only short lines are taken, and they are only ever searched for.
/// </summary>
internal sealed class RewritingModel(
    ConfiguredChatModel configured, IOptions<RewritingOptions> options, TimeProvider time, Telemetry telemetry, ILogger<RewritingModel> logger)
{
    private const int MaxOutputTokens = 300;

    /// <summary>More lines are no answer to what was asked.</summary>
    private const int MaxLines = 8;

    public bool IsConfigured => configured.Model is not null;

    /// <summary>The lines of the answer; none when the model fails, takes too long or answers with something else.</summary>
    /// <param name="maxLength">Longest line that is believed, in characters.</param>
    public async Task<IReadOnlyList<string>> AskAsync(string system, string user, int maxLength, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.ModelTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var answer = await configured.Model!.Client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, system), new ChatMessage(ChatRole.User, user)],
                new ChatOptions { MaxOutputTokens = Math.Min(MaxOutputTokens, configured.Model.MaxOutputTokens) },
                either.Token);
            var lines = Lines(answer.Text);
            if (lines.Count is > 0 and <= MaxLines && lines.TrueForAll(line => line.Length <= maxLength && line.Any(char.IsLetterOrDigit)))
                return lines;
            Failed("unusable");
        }
        catch (ModelException exception)
        {
            Failed(exception.Error == ModelError.TimedOut ? "timeout" : "failed");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
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

    /// <summary>Lines without numbers, bullets and quotation marks around them, and without what controls a terminal or a log.</summary>
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
