using Microsoft.Extensions.Logging;
using RagApp.Models.Budgets;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using Telemetry = RagApp.Models.Pool.Telemetry;

namespace RagApp.Models.Chat;

/// <summary>
/// The trial of another model. A share of the calls goes there, and to the model itself when the trial fails before the first
/// token. Both are compared on failures and on the time to the first token; past a threshold the trial ends until it is configured
/// anew. Each replica judges by its own calls.
/// </summary>
/// <param name="model">Model whose calls are shared.</param>
internal sealed class Canary(string model, CanaryOptions options, PoolServices services, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Arm _tried = new();
    private readonly Arm _usual = new();
    private bool _hasEnded;

    public CanaryOptions Options => options;

    /// <param name="call">Makes the call with the model of this name.</param>
    public async Task<T> CallAsync<T>(ModelCaller caller, Func<string, Task<T>> call)
    {
        if (Takes(caller))
        {
            try
            {
                return await MeasureAsync(_tried, options.Model, call);
            }
            catch (Exception failure) when (failure is BudgetExceededException or ModelException { Error: not ModelError.ContextExceeded })
            {
                // The trial must not cost anybody an answer: the model gives it.
            }
        }
        return await MeasureAsync(_usual, model, call);
    }

    private bool Takes(ModelCaller caller) =>
        !Volatile.Read(ref _hasEnded)
        && (options.Of == "tenants" ? StableHash.Fraction(options.Model, caller.Tenant) : 1 - Random.Shared.NextDouble()) <= options.Share;

    private async Task<T> MeasureAsync<T>(Arm arm, string name, Func<string, Task<T>> call)
    {
        var began = services.Now;
        try
        {
            var answer = await call(name);
            Count(arm, services.Now - began, failed: false);
            return answer;
        }
        catch (ModelException failure) when (failure.Error != ModelError.ContextExceeded)
        {
            Count(arm, services.Now - began, failed: true);
            throw;
        }
    }

    private void Count(Arm arm, TimeSpan duration, bool failed)
    {
        string? reason;
        lock (_lock)
        {
            arm.Add(duration, failed);
            reason = _hasEnded ? null : ReasonToEnd();
            _hasEnded |= reason is not null;
        }
        services.Telemetry.Tried(model, arm == _tried, duration, failed);
        if (reason is null)
            return;
        services.Telemetry.TrialEnded(model, reason);
        logger.TrialEnded(model, options.Model, reason);
    }

    /// <summary>Cause for which the trial ends; null while it goes on.</summary>
    private string? ReasonToEnd()
    {
        if (_tried.Calls < options.MinCalls)
            return null;
        if (_tried.FailedShare > _usual.FailedShare + options.MaxMoreErrors)
            return Telemetry.TrialEnds.Errors;
        return _usual.Answered >= options.MinCalls && _tried.Answered > 0 && _tried.MeanSeconds > _usual.MeanSeconds * options.MaxSlowdown
            ? Telemetry.TrialEnds.Latency
            : null;
    }

    /// <summary>Calls of one of the two models.</summary>
    private sealed class Arm
    {
        private double _seconds;

        public int Calls { get; private set; }

        public int Answered { get; private set; }

        public double FailedShare => Calls == 0 ? 0 : 1 - ((double)Answered / Calls);

        public double MeanSeconds => _seconds / Answered;

        public void Add(TimeSpan duration, bool failed)
        {
            Calls++;
            if (failed)
                return;
            Answered++;
            _seconds += duration.TotalSeconds;
        }
    }
}
