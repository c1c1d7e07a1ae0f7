using System;

namespace Quickstart;

/// <summary>A step did not do what it should.</summary>
internal sealed class StepException(string message) : Exception(message);
