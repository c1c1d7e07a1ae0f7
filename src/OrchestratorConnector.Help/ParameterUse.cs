namespace OrchestratorConnector.Help;

/// <summary>How a parameter stands in a parameter set.</summary>
/// <param name="ParameterSet">The set's name; <see langword="null"/> for all.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Position">Its position, counted from zero; <see langword="null"/> when it has to be named.</param>
/// <param name="FromPipeline">Whether objects of the pipeline are its value.</param>
/// <param name="FromPipelineProperty">Whether properties of objects of the pipeline are.</param>
internal sealed record ParameterUse(string? ParameterSet, bool IsRequired, int? Position, bool FromPipeline, bool FromPipelineProperty);
