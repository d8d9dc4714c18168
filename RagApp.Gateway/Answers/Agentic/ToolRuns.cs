using System.Text.Json;
using Microsoft.SemanticKernel;
using FunctionInvocationContext = Microsoft.Extensions.AI.FunctionInvocationContext;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>Runs the tool calls of a model within the bounds of its answer.</summary>
internal sealed class ToolRuns(SearchBounds bounds, TimeProvider time)
{
    private const string Over = "The search is over: answer with what you have.";

    /// <summary>
    /// Runs a call. Past a bound, and for arguments that cannot be read, the result is a sentence for the model. A failure of a service is thrown and ends
    /// the answer.
    /// </summary>
    public async ValueTask<object?> RunAsync(FunctionInvocationContext call, CancellationToken cancellationToken)
    {
        if (!bounds.TryCall())
        {
            // A model that calls a tool though it may call none gets no further round.
            call.Terminate = bounds.IsLast;
            return Over;
        }
        using var activity = Spans.Source.StartActivity(Spans.Stages.SearchOn)?.SetTag(Spans.Tags.Tool, call.Function.Name);
        using var deadline = new CancellationTokenSource(bounds.TimeLeft > TimeSpan.Zero ? bounds.TimeLeft : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return $"{await call.Function.InvokeAsync(call.Arguments, either.Token)}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            bounds.EndInTime();
            return Over;
        }
        catch (Exception exception) when (exception is KernelException or ArgumentException or FormatException or OverflowException or JsonException)
        {
            return "The arguments cannot be read: give them as the tool describes them.";
        }
    }
}
