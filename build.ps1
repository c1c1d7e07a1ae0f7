<#
.SYNOPSIS
    Builds, tests and tries the module: a thin face over dotnet.
.DESCRIPTION
    dotnet build alone stages the module under artifacts/module; this saves remembering the rest.
.EXAMPLE
    ./build.ps1
    Builds and stages the module.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds, runs all tests of dotnet test and, where Pester is found, the Pester tests.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Quickstart', 'Benchmark', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build OrchestratorConnector.sln --configuration $Configuration }
            'Test' {
                Invoke-DotNet test OrchestratorConnector.sln --configuration $Configuration
                if (Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version -ge '5.0' }) {
                    & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Tests.ps1')
                    if ($LASTEXITCODE -ne 0) {
                        throw 'Pester tests failed.'
                    }
                }
                else {
                    Write-Warning 'Pester 5 is not installed: the Pester tests were not run.'
                }
            }
            'Quickstart' { Invoke-DotNet run --project tests/Quickstart }
            'Benchmark' { Invoke-DotNet run --project tests/Benchmarks --configuration Release }
            'Clean' {
                foreach ($folder in @(Get-ChildItem -Path src, tests -Directory -Recurse -Include bin, obj) + @(Get-Item -Path artifacts -ErrorAction SilentlyContinue)) {
                    Remove-Item -LiteralPath $folder.FullName -Recurse -Force
                }
            }
        }
    }
}
finally {
    Pop-Location
}
