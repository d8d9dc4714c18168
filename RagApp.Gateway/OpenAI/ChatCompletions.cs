using System.Net;
using System.Net.Mime;
using System.Text;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Audit;
using RagApp.Gateway.Draining;
using RagApp.Gateway.Redacting;
using RagApp.Models;
using RagApp.Models.Budgets;
using RagApp.Models.Chat;
using RagApp.Models.Errors;
using RagApp.Models.Tokens;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.OpenAI;

/// <summary>
/// Passes a chat completion on to a deployment of its model, and the answer back as it comes: 1. reserve in the caller's budgets; 2. call; 3. relay, with
/// confidential data hidden; 4. settle what was used, also when the client leaves, the provider breaks off or the gateway stops.
/// </summary>
internal sealed class ChatCompletions(
    ConfiguredChatModel models, RawChat raw, ModelBudgets budgets, Drain drain, RedactionPolicies policies, RequestAudit audit)
{
    private const string Feature = "chat";

    private static readonly byte[] EventData = "data: "u8.ToArray();
    private static readonly byte[] EventEnd = "\n\n"u8.ToArray();
    private static readonly byte[] Done = "[DONE]"u8.ToArray();

    public async Task RelayAsync(Principal principal, CompletionRequest request, HttpResponse response, CancellationToken callerLeft)
    {
        using var work = drain.Link(callerLeft);
        try
        {
            await CallAsync(principal, request, response, work.Token);
        }
        catch (OperationCanceledException) when (drain.HasEnded(callerLeft))
        {
            if (!response.HasStarted)
                throw Drain.CutShort();
            await WriteEventAsync(response, Encoding.UTF8.GetBytes(OpenAIError.Of(Drain.CutShort()).ToJsonString()), callerLeft);
        }
    }

    private async Task CallAsync(Principal principal, CompletionRequest request, HttpResponse response, CancellationToken cancellationToken)
    {
        var caller = ModelCaller.Of(principal, Feature);
        var model = ModelOf(request);
        BegunCompletion begun;
        try
        {
            begun = await model.ServeAsync(caller, served => BeginAsync(served, caller, request, cancellationToken));
        }
        catch (BudgetExceededException refusal)
        {
            audit.Record(principal, AuditActions.BudgetRefused, [("feature", Feature), ("budget", $"{refusal.Scope}")]);
            throw;
        }
        await using var charge = begun.Charge;
        await using var answer = begun.Answer;
        var usage = new CompletionUsage(begun.Counter);
        var redactor = policies.Start(principal.Tenant);
        try
        {
            await RelayAsync(answer, request, usage, new CompletionRedaction(redactor), response, cancellationToken); // 3
        }
        finally
        {
            audit.Record(principal, AuditActions.CompletionGiven, [("model", model.Id), ("hidden", AuditDetails.Hidden(redactor.Hidden))]);
            if (usage.HasBegun) // 4
                await charge.SettleAsync(usage.Reported?.Input ?? begun.Prompt.Value, usage.Reported?.Output ?? usage.CountedOutput, isCounted: usage.Reported is null);
        }
    }

    /// <summary>Reserves for one model and calls it; a call that fails costs nothing.</summary>
    private async Task<BegunCompletion> BeginAsync(ChatModel model, ModelCaller caller, CompletionRequest request, CancellationToken cancellationToken)
    {
        var counter = TokenCounter.For(model.Id, model.Tokenizer);
        var prompt = new Lazy<long>(() => counter.Count(request.PromptText));
        var most = (long)request.Choices * (request.MaxTokens ?? model.MaxOutputTokens);
        var charge = await budgets.ReserveAsync(caller, model.Id, model.Price, () => prompt.Value, most, cancellationToken); // 1
        try
        {
            var body = request.ToBody(charge.IsReserved ? model.MaxOutputTokens : null);
            return new BegunCompletion(await raw.CallAsync(model, caller, (request.PromptText.Length / 4) + most, body, cancellationToken), charge, counter, prompt); // 2
        }
        catch
        {
            await charge.DisposeAsync();
            throw;
        }
    }

    private ChatModel ModelOf(CompletionRequest request) =>
        models.All.FirstOrDefault(model => model.Id == request.Model)
        ?? (string.IsNullOrEmpty(request.Model) ? models.Model : null)
        ?? throw new ProblemException(HttpStatusCode.NotFound, models.Model is null
            ? "No chat model is configured: the operator has to connect one (docs/models.md)."
            : $"There is no model '{request.Model}'. Configured: {string.Join(", ", models.All.Select(model => model.Id))}.");

    private static async Task RelayAsync(
        RawAnswer answer, CompletionRequest request, CompletionUsage usage, CompletionRedaction redaction, HttpResponse response, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Stream)
                await RelayStreamAsync(answer, request, usage, redaction, response, cancellationToken);
            else
                await RelayWholeAsync(answer, usage, redaction, response, cancellationToken);
            answer.Lease.Succeeded(usage.Reported is { } tokens ? tokens.Input + tokens.Output : null);
        }
        catch (ModelException failure)
        {
            answer.Lease.Failed(failure);
            if (!response.HasStarted)
                throw;
            await WriteEventAsync(response, Encoding.UTF8.GetBytes(OpenAIError.Of(failure).ToJsonString()), cancellationToken);
        }
    }

    private static async Task RelayWholeAsync(
        RawAnswer answer, CompletionUsage usage, CompletionRedaction redaction, HttpResponse response, CancellationToken cancellationToken)
    {
        var json = await answer.Pieces.SingleAsync(cancellationToken);
        usage.Observe(json);
        json = redaction.Whole(json);
        response.ContentType = MediaTypeNames.Application.Json;
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, cancellationToken);
    }

    /// <summary>Passes each chunk on when it is whole and nothing confidential can go on in the next. The usage at the end is left out unless the caller asked for it.</summary>
    private static async Task RelayStreamAsync(
        RawAnswer answer, CompletionRequest request, CompletionUsage usage, CompletionRedaction redaction, HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = MediaTypeNames.Text.EventStream;
        response.Headers.CacheControl = "no-cache";
        await foreach (var chunk in answer.Pieces.WithCancellation(cancellationToken))
        {
            if (usage.Observe(chunk) && !request.WantsUsage)
                continue;
            if (redaction.Next(chunk) is { } shown)
                await WriteEventAsync(response, shown, cancellationToken);
        }
        if (redaction.Rest() is { } rest)
            await WriteEventAsync(response, rest, cancellationToken);
        await WriteEventAsync(response, Done, cancellationToken);
    }

    private static async Task WriteEventAsync(HttpResponse response, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        byte[] item = [.. EventData, .. data.Span, .. EventEnd];
        await response.Body.WriteAsync(item, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <param name="Prompt">Tokens of the prompt, counted when they are needed.</param>
    private sealed record BegunCompletion(RawAnswer Answer, ModelCharge Charge, TokenCounter Counter, Lazy<long> Prompt);
}
