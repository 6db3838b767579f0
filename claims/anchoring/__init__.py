"""From one version of an article to the next: where the words of claims stand there."""
