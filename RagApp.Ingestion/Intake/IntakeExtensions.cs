namespace RagApp.Ingestion.Intake;

internal static class IntakeExtensions
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<IntakeOptions>().ValidateDataAnnotations().BindConfiguration(IntakeOptions.Section);
        services.AddSingleton<QueueRoom>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<DocumentIntake>();
        services.AddSingleton<DocumentLibrary>();
        services.AddSingleton<DocumentView>();
        services.AddSingleton<DocumentListing>();
        return services;
    }
}
