using Microsoft.Extensions.Options;

namespace RagApp.Models.Budgets;

/// <summary>Prices of models as they are configured now.</summary>
public sealed class PriceList(IOptionsMonitor<BudgetsOptions> options)
{
    /// <summary>Price of a model; a model without a configured price costs nothing.</summary>
    public ModelPrice For(string model)
    {
        foreach (var price in options.CurrentValue.Prices)
        {
            if (price.Model.Equals(model, StringComparison.OrdinalIgnoreCase))
                return ModelPrice.PerMillion(price.Input, price.Output);
        }
        return ModelPrice.Free;
    }
}
